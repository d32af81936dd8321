import { Controller } from '@nestjs/common';
import { listAuditEntries } from '@usher/contracts/users/admin.contract';
import { Handles } from '@usher/messaging/handles';
import { AuditService, type AuditPageInput } from './audit.service.js';

@Controller()
export class AuditRpc {
  constructor(private readonly audit: AuditService) {}

  @Handles(listAuditEntries)
  list(input: AuditPageInput) {
    return this.audit.find(input);
  }
}
