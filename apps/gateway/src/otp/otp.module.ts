import { Module } from '@nestjs/common';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { OtpController } from './otp.controller.js';
import { OtpFlow } from './otp.flow.js';

@Module({ imports: [SignInModule], controllers: [OtpController], providers: [OtpFlow] })
export class OtpModule {}
