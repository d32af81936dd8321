import { Module } from '@nestjs/common';
import { SignInFlow } from './sign-in.flow.js';

@Module({ providers: [SignInFlow], exports: [SignInFlow] })
export class SignInModule {}
