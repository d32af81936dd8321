import { Module } from '@nestjs/common';
import { LiveKeys } from '@usher/runtime/keys/live-keys';
import { liveKeysProvider } from '@usher/runtime/keys/live-keys.provider';
import { KeyRotations } from './key-rotations.service.js';
import { KeysRpc } from './keys.rpc.js';
import { KeysService } from './keys.service.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

@Module({
  controllers: [KeysRpc],
  providers: [liveKeysProvider({ verifyOnly: false }), KeysService, SigningKeysRepository, KeyRotations],
  exports: [LiveKeys],
})
export class KeysModule {}
