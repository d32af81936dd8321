import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { UserController } from './user.controller.js';
import { UserFlow } from './user.flow.js';

@Module({ imports: [BearerModule, SignInModule], controllers: [UserController], providers: [UserFlow] })
export class UserModule {}
