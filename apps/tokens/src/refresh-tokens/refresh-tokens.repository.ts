import { Injectable } from '@nestjs/common';
import { BatchedRead } from '@usher/database/batched-read';
import { Database, type Queryable, type Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { USER_WITH_ASSOCIATIONS } from '@usher/database/users/user-columns';
import { AMR_AS_JSON, SESSION_AS_JSON } from '../sessions/session-columns.js';
import type { CounterChange, FoundV1, SessionAndUser, SessionUse } from './refresh-token.entity.js';
import { rotateV1, useSession } from './refresh-writes.js';

const SESSION_PARTS = `${USER_WITH_ASSOCIATIONS}, ${SESSION_AS_JSON} AS session, ${AMR_AS_JSON} AS amr`;

const findV1 = statement<FoundV1 & { asked: number }>(
  'refreshTokens.findV1',
  `SELECT q.asked, ${SESSION_PARTS},
     json_build_object('token', t.token, 'revoked', coalesce(t.revoked, false), 'updated_at', t.updated_at) AS presented,
     (SELECT json_build_object('token', a.token, 'parent', a.parent) FROM refresh_tokens a
      WHERE a.session_id = s.id AND a.revoked = false ORDER BY a.id DESC LIMIT 1) AS active
   FROM unnest($1::text[]) WITH ORDINALITY AS q(token, asked) JOIN refresh_tokens t ON t.token = q.token
     LEFT JOIN sessions s ON s.id = t.session_id LEFT JOIN users u ON u.id = s.user_id`,
);

const findSession = statement<SessionAndUser & { asked: number }>(
  'refreshTokens.findSession',
  `SELECT q.asked, ${SESSION_PARTS} FROM unnest($1::uuid[]) WITH ORDINALITY AS q(id, asked)
     JOIN sessions s ON s.id = q.id JOIN users u ON u.id = s.user_id`,
);

const removeOrphan = statement(
  'refreshTokens.removeOrphan',
  'DELETE FROM refresh_tokens WHERE token = $1 AND session_id IS NULL',
);

const revokeFamily = statement(
  'refreshTokens.revokeFamily',
  'UPDATE refresh_tokens SET revoked = true, updated_at = $2 WHERE session_id = $1 AND revoked = false',
);

const removeSession = statement('refreshTokens.removeSession', 'DELETE FROM sessions WHERE id = $1');

/** Writes answer false when a row was locked by another request or is no longer as it was read: look again. */
@Injectable()
export class RefreshTokensRepository {
  private readonly byToken: BatchedRead<FoundV1 & { asked: number }>;
  private readonly bySession: BatchedRead<SessionAndUser & { asked: number }>;

  constructor(private readonly database: Database) {
    this.byToken = new BatchedRead(database, findV1);
    this.bySession = new BatchedRead(database, findSession);
  }

  findV1(token: string): Promise<FoundV1 | undefined> {
    return this.byToken.read(token);
  }

  findSession(id: string): Promise<SessionAndUser | undefined> {
    return this.bySession.read(id);
  }

  async removeOrphan(token: string): Promise<void> {
    await this.database.run(removeOrphan, [token]);
  }

  /** Revokes `parent` (unless it is revoked already: a branch) and gives it `child`, in one statement. */
  async rotateV1(
    on: Queryable,
    tokens: { parent: string; child: string; branch: boolean; childRevoked: boolean },
    use: SessionUse,
    counter: CounterChange,
  ): Promise<boolean> {
    const { sessionId, now, userAgent, ip, audit } = use;
    const { before, after, key } = counter;
    const { parent, child, branch, childRevoked } = tokens;
    const values = [sessionId, now, userAgent, ip, audit, before, after, key, parent, child, branch, childRevoked];
    return (await on.first(rotateV1, values)) !== undefined;
  }

  /**
   * Records a refresh on the session. `moves`: address and agent are those of this request. `counts`: the time of inactivity starts anew.
   * `activeV1`: a version 1 token that must still be active.
   */
  async useSession(
    on: Queryable,
    use: SessionUse,
    counter: CounterChange,
    effect: { moves: boolean; counts: boolean; activeV1: string | null },
  ): Promise<boolean> {
    const { sessionId, now, userAgent, ip, audit } = use;
    const { before, after, key } = counter;
    const { moves, counts, activeV1 } = effect;
    const values = [sessionId, now, userAgent, ip, audit, before, after, key, moves, counts, activeV1];
    return (await on.first(useSession, values)) !== undefined;
  }

  /** @returns whether there was anything to revoke. */
  async revokeFamily(tx: Transaction, sessionId: string, now: Date): Promise<boolean> {
    return (await tx.run(revokeFamily, [sessionId, now])) > 0;
  }

  async removeSession(tx: Transaction, id: string): Promise<boolean> {
    return (await tx.run(removeSession, [id])) > 0;
  }
}
