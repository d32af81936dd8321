import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Admission } from '../bearer/admission.js';
import { ErrorFilter } from '../errors/error.filter.js';
import { Limits } from '../limits/limits.js';
import { Answer } from './answer.js';
import type { Exchange } from './exchange.js';
import type { RouteTable } from './route-table.js';

/** Paths whose guard stands before the look for a route: `PATCH /user` without a token is 401, not 405 (accounts.md §1.2). */
const GROUPS: readonly [RegExp, 'user' | 'admin' | 'verify'][] = [
  [/^\/(?:user|reauthenticate|factors)(?:\/|$)/, 'user'],
  [/^\/admin(?:\/|$)/, 'admin'],
  [/^\/verify(?:\/|$)/, 'verify'],
];

/** Answers what no route matched. */
@Injectable()
export class UnmatchedRequests {
  constructor(
    private readonly admission: Admission,
    private readonly limits: Limits,
    private readonly errors: ErrorFilter,
  ) {}

  async answer({ exchange }: FastifyRequest, routes: RouteTable): Promise<Answer> {
    try {
      await this.passGroup(exchange);
    } catch (error) {
      return this.errors.render(error, exchange);
    }
    const allowed = routes.allowed(exchange.path);
    // Without an API gateway in front there is no prefix; what it has no answer for is then not there.
    if (allowed.length === 0 || exchange.prefixed) return Answer.text(404, '404 page not found\n');
    return Answer.empty(405, { allow: allowed.join(', ') });
  }

  private async passGroup(exchange: Exchange): Promise<void> {
    const group = GROUPS.find(([pattern]) => pattern.test(exchange.path))?.[1];
    if (group === 'user') await this.admission.admitLiveUser(exchange, this.admission.bearerOf(exchange));
    if (group === 'admin') await this.admission.admitAdmin(exchange, this.admission.bearerOf(exchange));
    if (group === 'verify') await this.limits.take('verify', exchange);
  }
}
