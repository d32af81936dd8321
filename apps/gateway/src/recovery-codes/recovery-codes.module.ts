import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { RecoveryCodesController } from './recovery-codes.controller.js';
import { RecoveryCodesFlow } from './recovery-codes.flow.js';

@Module({ imports: [BearerModule], controllers: [RecoveryCodesController], providers: [RecoveryCodesFlow] })
export class RecoveryCodesModule {}
