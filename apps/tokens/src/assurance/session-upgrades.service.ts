import { Injectable } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import type { UserObject } from '@usher/contracts/user-object';
import type { PreparedUpgrade, UpgradeSessionInput } from '@usher/contracts/tokens/assurance.contract';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { AuditLog, type AuditActor } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { AccessTokensService } from '../access-tokens/access-tokens.service.js';
import { RefreshTokenIssuer, type IssuedRefreshToken } from '../refresh-tokens/refresh-token-issuer.js';
import { sessionRevoked, sessionUpgraded } from '../sessions/session-events.js';
import { sessionReply, subjectHeaders } from '../sessions/session-reply.js';
import type { SessionRow } from '../sessions/session.entity.js';
import { sessionMissing, userBanned, userMissing } from '../sessions/sessions.errors.js';
import { noSessionToRaise } from './assurance.errors.js';
import { AssuranceRepository, type RaisableSession } from './assurance.repository.js';

/** A session that has shown a second factor (tokens-and-sessions.md §7.5, §9). */
@Injectable()
export class SessionUpgrades {
  constructor(
    private readonly database: Database,
    private readonly assurance: AssuranceRepository,
    private readonly accessTokens: AccessTokensService,
    private readonly issuer: RefreshTokenIssuer,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Everything that may refuse, before the factor's code is used up. Calls the access token hook, so nothing is locked. */
  async prepare({ sub, sessionId }: Bearer, method: string, context: RequestContext): Promise<PreparedUpgrade> {
    if (!sessionId) throw noSessionToRaise();
    const found = await this.assurance.find(sub, sessionId);
    if (!found) throw userMissing();
    const { session, amr, ...user } = found;
    const now = this.clock.now();
    if (!session || !isAlive(found)) throw sessionMissing();
    if (user.banned_until && Date.parse(user.banned_until) > now.getTime()) throw userBanned();
    const raised = [{ method, timestamp: Math.floor(now.getTime() / 1000) }, ...amr.filter((e) => e.method !== method)];
    const request = { user: toUserObject(user), session, amr: raised, method };
    return { ...(await this.accessTokens.mint(request, context, now)), at: now.toISOString() };
  }

  async upgrade(input: UpgradeSessionInput, context: RequestContext): Promise<JsonReply> {
    const { bearer, user, prepared } = input;
    const { sessionId } = bearer;
    if (!sessionId) throw noSessionToRaise();
    const refreshToken = await this.database.transaction(async (tx) => {
      await this.assurance.claimUser(tx, user.id);
      const before = await this.assurance.lock(tx, user.id, sessionId);
      if (!before) throw sessionMissing();
      return this.write(tx, before, input, context);
    });
    const headers = { ...subjectHeaders(user.id, sessionId), ...refreshToken.headers };
    return sessionReply({ user, access: prepared, refreshToken: refreshToken.token }, headers);
  }

  private async write(
    tx: Transaction,
    { session, active }: { session: SessionRow; active: string | null },
    { user, method, factorId, prepared }: UpgradeSessionInput,
    context: RequestContext,
  ): Promise<IssuedRefreshToken> {
    const now = this.clock.now();
    const next = this.nextToken(session);
    if (next.version === 1) {
      if (!active || !(await this.assurance.swapToken(tx, active, next.token, now))) throw sessionMissing();
      await this.audit.append(tx, now, { actor: actorOf(user), action: 'token_revoked' });
    }
    const [counter, key] = next.version === 2 ? [Number(next.counter), next.key] : [null, null];
    const change = { method, factorId, counter, key, at: new Date(prepared.at) };
    const after = await this.assurance.raise(tx, session.id, change, now);
    const ended = await this.assurance.endLower(tx, user.id, session.id);
    await this.outbox.append(
      tx,
      context,
      session.id,
      sessionUpgraded(after, session, method),
      ...ended.map((other) => sessionRevoked(other, 'factor_verified')),
    );
    return next;
  }

  /** The counter moves by two: the token given out at aal1 is then not even the one before the newest, and worth nothing. */
  private nextToken({
    id,
    refresh_token_hmac_key: key,
    refresh_token_counter: counter,
  }: SessionRow): IssuedRefreshToken {
    if (key === null || counter === null) return this.issuer.nextV1();
    return this.issuer.issuedV2(id, key, BigInt(counter) + 2n);
  }
}

/** A version 1 chain whose every token was revoked has ended: raising it must not start it anew. */
function isAlive({ session, active }: RaisableSession): boolean {
  return session?.refresh_token_counter !== null || active !== null;
}

function actorOf({ id, email, phone, user_metadata, identities }: UserObject): AuditActor {
  const isSsoUser = identities?.some(({ provider }) => provider.startsWith('sso:')) ?? false;
  return { id, isSsoUser, email, phone, userMetadata: user_metadata };
}
