import type { SessionRecord } from '@usher/contracts/tokens/session-record';

/** A row of `auth.sessions` (database-schema.md). Times are RFC 3339 text. */
export interface SessionRow extends SessionRecord {
  /** Base64url of 32 bytes, or that text encrypted; null: no version 2 tokens. */
  refresh_token_hmac_key: string | null;
  /** Counter of the last version 2 token given out. */
  refresh_token_counter: number | null;
}

/** A session with the methods of its sign-in, newest first. */
export interface ListedSession {
  session: SessionRow;
  methods: string[];
}

export interface NewSession {
  id: string;
  userId: string;
  method: string;
  userAgent: string | null;
  ip: string | null;
  notAfter: string | null;
  oauthClientId: string | null;
  scopes: string | null;
  /** First version 1 token, or null. */
  refreshToken: string | null;
  /** Key of version 2 tokens as it is stored, or null. */
  hmacKey: string | null;
}
