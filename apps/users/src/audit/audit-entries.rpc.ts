import { Controller } from '@nestjs/common';
import { listAuditEntries } from '@usher/contracts/users/admin.contract';
import { Handles } from '@usher/messaging/handles';
import { AuditEntriesService } from './audit-entries.service.js';

@Controller()
export class AuditEntriesRpc {
  constructor(private readonly entries: AuditEntriesService) {}

  @Handles(listAuditEntries)
  list(input: { page: string; perPage: string; query: string }) {
    return this.entries.find(input);
  }
}
