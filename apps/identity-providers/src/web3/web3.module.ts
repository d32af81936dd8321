import { Module } from '@nestjs/common';
import { WalletsRpc } from './wallets.rpc.js';
import { WalletsService } from './wallets.service.js';

@Module({ controllers: [WalletsRpc], providers: [WalletsService] })
export class Web3Module {}
