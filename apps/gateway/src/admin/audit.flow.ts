import { Injectable } from '@nestjs/common';
import { listAuditEntries } from '@usher/contracts/users/admin.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { pageHeaders } from './page-links.js';

/** accounts.md §23.2. */
@Injectable()
export class AuditFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    const input = {
      page: exchange.parameter('page'),
      perPage: exchange.parameter('per_page'),
      query: exchange.parameter('query'),
    };
    const { entries, ...page } = await this.rpc.call(listAuditEntries, input, exchange.context());
    return Answer.json(entries, pageHeaders(exchange.path, exchange.query, page));
  }
}
