import { Module } from '@nestjs/common';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import { AuditRpc } from './audit.rpc.js';
import { AuditService } from './audit.service.js';

@Module({ controllers: [AuditRpc], providers: [AuditEntriesRepository, AuditService] })
export class AuditModule {}
