import { Module } from '@nestjs/common';
import { LiveKeys } from '@usher/runtime/keys/live-keys';
import { liveKeysProvider } from '@usher/runtime/keys/live-keys.provider';
import { KeysRpc } from './keys.rpc.js';
import { KeysService } from './keys.service.js';

@Module({
  controllers: [KeysRpc],
  providers: [liveKeysProvider({ verifyOnly: false }), KeysService],
  exports: [LiveKeys],
})
export class KeysModule {}
