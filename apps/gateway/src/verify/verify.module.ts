import { Module } from '@nestjs/common';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { VerifyController } from './verify.controller.js';
import { VerifyFlow } from './verify.flow.js';

@Module({ imports: [SignInModule], controllers: [VerifyController], providers: [VerifyFlow] })
export class VerifyModule {}
