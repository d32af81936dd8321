import { Inject, Injectable } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import type { SessionRecord } from '@usher/contracts/tokens/session-record';
import type { OpenSessionInput } from '@usher/contracts/tokens/sessions.contract';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { v4 as uuid } from 'uuid';
import { AccessTokensService } from '../access-tokens/access-tokens.service.js';
import { highestAal } from '../access-tokens/claims.js';
import { RefreshTokenIssuer } from '../refresh-tokens/refresh-token-issuer.js';
import { sessionCreated, sessionRevoked } from './session-events.js';
import { sessionReply, subjectHeaders } from './session-reply.js';
import { lastRefresh, sessionState } from './session.js';
import { sessionMissing, sessionOver, unsupportedScope, userBanned, userMissing } from './sessions.errors.js';
import { SessionsRepository, type UserAndSession } from './sessions.repository.js';

const LOGOUT_SCOPES = ['', 'global', 'local', 'others'];

@Injectable()
export class SessionsService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly accessTokens: AccessTokensService,
    private readonly issuer: RefreshTokenIssuer,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** tokens-and-sessions.md §4. The access token is made first: a hook that refuses leaves nothing written. */
  async open({ signIn, extra }: OpenSessionInput, context: RequestContext): Promise<JsonReply> {
    const { user, method } = signIn;
    const now = this.clock.now();
    const id = uuid();
    const first = this.issuer.first(id);
    const session = { id, created_at: now.toISOString(), oauth_client_id: null, scopes: null };
    const amr = [{ method, timestamp: Math.floor(now.getTime() / 1000) }];
    const access = await this.accessTokens.mint({ user, session, amr, method }, context, now);
    const row = {
      ...{ id, userId: user.id, method, notAfter: signIn.notAfter ?? null, oauthClientId: null, scopes: null },
      ...{ userAgent: context.userAgent || null, ip: context.ip || null },
      ...{ refreshToken: first.version === 1 ? first.token : null, hmacKey: first.version === 2 ? first.key : null },
    };
    const actor = { type: 'user', id: user.id } as const;
    await this.database.transaction(async (tx) => {
      const inserted = await this.sessions.insert(tx, row, now);
      if (!inserted) throw userMissing();
      await this.outbox.append(tx, { ...context, actor }, id, sessionCreated(inserted, method));
    });
    const headers = { ...subjectHeaders(user.id, id), ...first.headers };
    return sessionReply({ ...signIn, access, refreshToken: first.token, extra }, headers);
  }

  /** tokens-and-sessions.md §10; a token without a session ends all, whatever the scope. */
  async logOut(bearer: Bearer, scope: string, context: RequestContext): Promise<void> {
    const user = await this.authenticated(bearer);
    if (!LOGOUT_SCOPES.includes(scope)) throw unsupportedScope(scope);
    const own = user.session?.id ?? null;
    const now = this.clock.now();
    const actor = {
      ...{ id: user.id, isSsoUser: user.is_sso_user, email: user.email ?? '', phone: user.phone ?? '' },
      userMetadata: user.raw_user_meta_data,
    };
    await this.database.transaction(async (tx) => {
      const ended =
        own && scope === 'local'
          ? await this.sessions.removeOne(tx, user.id, own)
          : await this.sessions.removeAll(tx, user.id, scope === 'others' ? own : null);
      await this.audit.append(tx, now, { actor, action: 'logout' });
      await this.tellEnded(tx, ended, 'logout', context);
    });
  }

  /** @returns how many ended. */
  async end(userId: string, keepId: string | null, reason: string, context: RequestContext): Promise<number> {
    return this.database.transaction(async (tx) => {
      const ended = await this.sessions.removeAll(tx, userId, keepId);
      await this.tellEnded(tx, ended, reason, context);
      return ended.length;
    });
  }

  /** The session part of the administrator check (accounts.md §4.4). A token without a session passes. */
  async check({ sub, sessionId }: Bearer): Promise<void> {
    if (!sessionId) return;
    const { session, ...user } = await this.withSession(sub, sessionId);
    if (!session) throw sessionMissing();
    const highest = highestAal(toUserObject(user));
    const state = sessionState(session, this.settings.sessions, highest, lastRefresh(session), this.clock.now());
    if (state !== 'valid') throw sessionOver();
  }

  private async authenticated({ sub, sessionId }: Bearer): Promise<UserAndSession> {
    const user = await this.withSession(sub, sessionId);
    if (sessionId && !user.session) throw sessionMissing();
    if (user.banned_until && Date.parse(user.banned_until) > this.clock.now().getTime()) throw userBanned();
    return user;
  }

  private async withSession(userId: string, sessionId: string | null): Promise<UserAndSession> {
    const user = await this.sessions.findWithUser(userId, sessionId);
    if (!user) throw userMissing();
    return user;
  }

  private tellEnded(tx: Transaction, ended: SessionRecord[], reason: string, context: RequestContext): Promise<void> {
    return this.outbox.append(tx, context, null, ...ended.map((session) => sessionRevoked(session, reason)));
  }
}
