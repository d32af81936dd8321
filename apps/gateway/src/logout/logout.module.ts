import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { LogoutController } from './logout.controller.js';
import { LogoutFlow } from './logout.flow.js';

@Module({ imports: [BearerModule], controllers: [LogoutController], providers: [LogoutFlow] })
export class LogoutModule {}
