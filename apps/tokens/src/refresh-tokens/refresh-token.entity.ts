import type { UserWithAssociations } from '@usher/database/users/user-row';
import type { AmrEntry } from '../access-tokens/claims.js';
import type { SessionRow } from '../sessions/session.entity.js';

/** A session with all that its next access token tells. */
export type SessionAndUser = UserWithAssociations & { session: SessionRow; amr: AmrEntry[] };

/** What belongs to a version 1 token: nothing beside itself when it has no session (rows from before there were sessions). */
export interface PresentedV1 {
  presented: { token: string; revoked: boolean; updated_at: string | null };
  /** The session's newest token that is not revoked. */
  active: { token: string; parent: string | null } | null;
}

export type FoundV1 = PresentedV1 & (SessionAndUser | { session: null });

/** What a refresh leaves on the session. */
export interface SessionUse {
  sessionId: string;
  now: Date;
  userAgent: string | null;
  ip: string | null;
  /** Prepared audit entries. */
  audit: string;
}

/** Version 2 columns after the refresh, and the counter that they must have had before. */
export interface CounterChange {
  before: number | null;
  after: number | null;
  key: string | null;
}
