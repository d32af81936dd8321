import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { AdminUsersController } from './admin-users.controller.js';
import { AdminUsersFlow } from './admin-users.flow.js';
import { AuditController } from './audit.controller.js';
import { AuditFlow } from './audit.flow.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsFlow } from './invitations.flow.js';

@Module({
  imports: [BearerModule],
  controllers: [AdminUsersController, InvitationsController, AuditController],
  providers: [AdminUsersFlow, InvitationsFlow, AuditFlow],
})
export class AdminModule {}
