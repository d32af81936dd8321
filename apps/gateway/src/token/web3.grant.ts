import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import type { Answer } from '../http/answer.js';
import { unsupportedGrant, type Grant } from './grant.js';

/** Sign-in with a wallet: says that it is switched off. */
@Injectable()
export class Web3Grant implements Grant {
  readonly name = 'web3';
  readonly limit = 'web3';
  readonly withCaptcha = true;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  async run(): Promise<Answer> {
    const { solana, ethereum } = this.settings.providers.web3;
    if (solana.enabled || ethereum.enabled) throw unsupportedGrant();
    throw new AuthError('web3_provider_disabled', 'Web3 provider is disabled');
  }
}
