import { Module } from '@nestjs/common';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import { AuditEntriesRpc } from './audit-entries.rpc.js';
import { AuditEntriesService } from './audit-entries.service.js';

@Module({ controllers: [AuditEntriesRpc], providers: [AuditEntriesRepository, AuditEntriesService] })
export class AuditModule {}
