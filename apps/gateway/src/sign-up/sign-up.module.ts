import { Module } from '@nestjs/common';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUpFlow } from './sign-up.flow.js';

@Module({ imports: [SignInModule], controllers: [SignUpController], providers: [SignUpFlow] })
export class SignUpModule {}
