import { Module } from '@nestjs/common';
import { keySetProvider } from './key-set.provider.js';
import { KeysRpc } from './keys.rpc.js';
import { KeysService } from './keys.service.js';

@Module({ controllers: [KeysRpc], providers: [keySetProvider, KeysService], exports: [keySetProvider] })
export class KeysModule {}
