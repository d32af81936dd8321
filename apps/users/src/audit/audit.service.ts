import { Injectable } from '@nestjs/common';
import type { AuditPage } from '@usher/contracts/users/admin.contract';
import { parsePage } from '../admin/page.js';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import { parseAuditQuery } from './audit-query.js';

export interface AuditPageInput {
  page: string;
  perPage: string;
  query: string;
}

/** GET /admin/audit (accounts.md §23.2). */
@Injectable()
export class AuditService {
  constructor(private readonly entries: AuditEntriesRepository) {}

  async find(input: AuditPageInput): Promise<AuditPage> {
    const { page, perPage, limit, offset } = parsePage(input.page, input.perPage);
    const query = parseAuditQuery(input.query);
    return { ...(await this.entries.page(query, limit, offset)), page, perPage };
  }
}
