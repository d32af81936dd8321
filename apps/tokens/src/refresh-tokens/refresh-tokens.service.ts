import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import type { UserObject } from '@usher/contracts/user-object';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { AccessTokensService } from '../access-tokens/access-tokens.service.js';
import { reuseDetected, sessionRefreshed, sessionRevoked } from '../sessions/session-events.js';
import { sessionReply, subjectHeaders } from '../sessions/session-reply.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { Chain } from './chain.js';
import { Chains } from './chains.js';
import { RefreshAudit, type PreparedEntries, type RefreshAction } from './refresh-audit.js';
import { RefreshChecks } from './refresh-checks.js';
import type { RefreshDecision } from './refresh-decision.js';
import type { IssuedRefreshToken } from './refresh-token-issuer.js';
import { alreadyUsed, notOurs, tooManyAtOnce } from './refresh-tokens.errors.js';

const PATIENCE_MS = 5_000;

type Accepted = Extract<RefreshDecision, { kind: 'rotate' | 'branch' | 'again' }>;

/** The refresh grant (tokens-and-sessions.md §7): one read and one writing statement where nothing special happens. */
@Injectable()
export class RefreshTokensService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly chains: Chains,
    private readonly checks: RefreshChecks,
    private readonly sessions: SessionsRepository,
    private readonly accessTokens: AccessTokensService,
    private readonly outbox: Outbox,
    private readonly audit: RefreshAudit,
    private readonly clock: Clock,
  ) {}

  /** Whoever loses a race against another use of the token starts over, and then finds the winner's token. */
  async refresh(refreshToken: string, context: RequestContext): Promise<JsonReply> {
    const find = this.chains.lookUp(refreshToken);
    const deadline = this.clock.now().getTime() + PATIENCE_MS;
    for (;;) {
      const reply = await this.attempt(await find(), context);
      if (reply) return reply;
      if (this.clock.now().getTime() > deadline) throw tooManyAtOnce();
      await sleep(randomInt(10, 30));
    }
  }

  private async attempt(chain: Chain, context: RequestContext): Promise<JsonReply | undefined> {
    const { id, session } = chain.owner;
    const headers = subjectHeaders(id, session.id);
    try {
      return await this.goOn(chain, headers, { ...context, actor: { type: 'user', id } });
    } catch (error) {
      if (error instanceof AuthError) error.headers = { ...headers, ...error.headers };
      throw error;
    }
  }

  private async goOn(
    chain: Chain,
    headers: Record<string, string>,
    context: RequestContext,
  ): Promise<JsonReply | undefined> {
    const now = this.clock.now();
    const { owner } = chain;
    const user = toUserObject(owner);
    await this.checks.check(chain, user, now);
    const decision = chain.decide(now);
    if (decision.kind === 'foreign') throw notOurs();
    if (decision.kind === 'reused') return this.refuse(chain, decision.revoke, context, now);
    const request = { user, session: owner.session, amr: owner.amr, method: 'token_refresh' };
    const access = await this.accessTokens.mint(request, context, now);
    const next = chain.next(decision);
    if (!(await this.write(chain, user, decision, next, context, now))) return undefined;
    return sessionReply(
      { user, access, refreshToken: next.token },
      { ...headers, ...next.headers, ...reuseHeaders(decision) },
    );
  }

  private async write(
    chain: Chain,
    user: UserObject,
    decision: Accepted,
    next: IssuedRefreshToken,
    context: RequestContext,
    now: Date,
  ): Promise<boolean> {
    const { session } = chain.owner;
    const entries = this.auditEntries(chain, decision, now);
    const where = { userAgent: context.userAgent || null, ip: context.ip || null };
    const use = { sessionId: session.id, now, ...where, audit: entries.rows };
    const single = this.settings.sessions.singlePerUser;
    const told = this.settings.usher.events.sessionRefreshed;
    const done =
      !single && !told && decision.kind !== 'branch'
        ? await chain.write(this.database, decision, next, use)
        : await this.database.transaction(async (tx) => {
            if (single && !(await this.sessions.claimUser(tx, user.id))) return false;
            if (single) await this.checks.checkNewest(tx, chain, user, now);
            if (decision.kind === 'branch' && !(await this.sessions.lock(tx, session.id))) return false;
            if (!(await chain.write(tx, decision, next, use))) return false;
            const moved = decision.kind === 'again' ? {} : { user_agent: where.userAgent, ip: where.ip };
            const after = { ...session, ...moved, refreshed_at: now.toISOString() };
            if (told) await this.outbox.append(tx, context, session.id, sessionRefreshed(after, session.refreshed_at));
            return true;
          });
    if (done) entries.written();
    return done;
  }

  /** @returns undefined when the session is locked: start over. */
  private async refuse(chain: Chain, revoke: boolean, context: RequestContext, now: Date): Promise<undefined> {
    if (!revoke) throw alreadyUsed();
    const { session } = chain.owner;
    const ended = await this.database.transaction(async (tx) => {
      if (!(await this.sessions.lock(tx, session.id))) return undefined;
      const { revoked, rowGone } = await chain.revoke(tx, now);
      // Of a family that is revoked already a token may come back as often as it likes.
      const events = revoked ? [reuseDetected(session), sessionRevoked(session, 'refresh_token_reused')] : [];
      await this.outbox.append(tx, context, session.id, ...events);
      return { headers: rowGone ? { 'sb-auth-refresh-token-rotated': 'true' } : undefined };
    });
    if (!ended) return undefined;
    throw Object.assign(alreadyUsed(), ended);
  }

  private auditEntries(chain: Chain, decision: Accepted, now: Date): PreparedEntries {
    const swaps = decision.kind !== 'again' && chain.swapsRows;
    const actions: RefreshAction[] = swaps ? ['token_refreshed', 'token_revoked'] : ['token_refreshed'];
    return this.audit.prepare(chain.owner, actions, now);
  }
}

function reuseHeaders(decision: Accepted): Record<string, string> {
  if (decision.kind !== 'again') return { 'sb-auth-refresh-token-reuse': 'false' };
  return decision.causes.length ? { 'sb-auth-refresh-token-reuse-cause': decision.causes.join(',') } : {};
}
