import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { AdminSessionsController } from './admin-sessions.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsFlow } from './sessions.flow.js';

@Module({
  imports: [BearerModule],
  controllers: [SessionsController, AdminSessionsController],
  providers: [SessionsFlow],
})
export class SessionsModule {}
