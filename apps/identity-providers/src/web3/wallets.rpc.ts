import { Controller } from '@nestjs/common';
import { verifyWallet, type SignedMessage } from '@usher/contracts/identity-providers/web3.contract';
import { Handles } from '@usher/messaging/handles';
import { WalletsService } from './wallets.service.js';

@Controller()
export class WalletsRpc {
  constructor(private readonly wallets: WalletsService) {}

  @Handles(verifyWallet)
  verify(signed: SignedMessage) {
    return this.wallets.verify(signed);
  }
}
