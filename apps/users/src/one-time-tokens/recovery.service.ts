import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { PkceParameters } from '@usher/contracts/sign-in';
import type { CodeRequested } from '@usher/contracts/users/one-time-tokens.contract';
import { toUserObject } from '@usher/database/users/user-object';
import { normalizeEmail } from '../accounts/address.js';
import { checkPkce, flowFor } from '../accounts/pkce.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { AnswerPace } from './answer-pace.js';
import { CodeRequests } from './code-requests.service.js';
import { CodeSender } from './code-sender.service.js';
import { invalid } from './one-time-tokens.errors.js';

/** POST /recover (accounts.md §19.1): an unknown address is answered like a known one. */
@Injectable()
export class RecoveryService {
  private readonly pace = new AnswerPace();

  constructor(
    private readonly users: UsersRepository,
    private readonly codes: CodeSender,
    private readonly requests: CodeRequests,
  ) {}

  async request(input: PkceParameters & { email?: string }, context: RequestContext): Promise<CodeRequested> {
    if (!input.email) throw invalid('Password recovery requires an email');
    const email = normalizeEmail(input.email);
    checkPkce(input);
    const started = performance.now();
    const user = await this.users.findByEmail(context.audience, email);
    if (!user) {
      const left = this.pace.duration(Math.random) - (performance.now() - started);
      if (left > 0) await setTimeout(left);
      return { body: {} };
    }
    const pkce = Boolean(input.codeChallenge);
    const code = await this.codes.prepareEmail({ action: 'recovery', user: toUserObject(user), pkce, context });
    const audit = { action: 'user_recovery_requested' } as const;
    const body = await this.requests.store({ user, code, audit, news: 'user.recovery_requested' }, context);
    this.pace.note(performance.now() - started);
    return { body, flow: flowFor(input, user.id, 'recovery', 'recovery') };
  }
}
