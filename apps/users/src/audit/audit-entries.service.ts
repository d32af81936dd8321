import { Injectable } from '@nestjs/common';
import type { AuditPage } from '@usher/contracts/users/admin.contract';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import { parseAuditQuery } from './audit-query.js';
import { parsePage } from '../admin/page.js';

/** GET /admin/audit (accounts.md §23.2). */
@Injectable()
export class AuditEntriesService {
  constructor(private readonly entries: AuditEntriesRepository) {}

  async find(input: { page: string; perPage: string; query: string }): Promise<AuditPage> {
    const page = parsePage(input.page, input.perPage);
    const found = await this.entries.page(page, parseAuditQuery(input.query));
    return { ...found, page: page.page, perPage: page.perPage };
  }
}
