import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { FactorObject, UserObject } from '../user-object.js';
import type { SessionObject } from './sessions.contract.js';

/** An access token at aal2 that is signed but not yet given out. Internal: never leaves the server by itself. */
export interface PreparedUpgrade {
  token: string;
  expiresAt: number;
  issuedAt: number;
  /** ISO; becomes the time of the AMR entry. */
  at: string;
}

/**
 * First half of a session's way to aal2: everything that may refuse (session gone or revoked, the custom access token hook), before the factor's code
 * is used up. Writes nothing.
 */
export const prepareUpgrade = rpc<{ bearer: Bearer; method: string }, PreparedUpgrade>('tokens', 'prepare-upgrade');

export interface UpgradeSessionInput {
  bearer: Bearer;
  /** As it is after the factor was verified. */
  user: UserObject;
  method: string;
  /** null for a recovery code. */
  factorId: string | null;
  prepared: PreparedUpgrade;
}

/**
 * Second half (tokens-and-sessions.md §7.5, §9; mfa-and-passkeys.md §5.5): AMR entry, aal2, a new refresh token that makes the earlier ones worthless,
 * and the end of the user's sessions below aal2, in one transaction.
 */
export const upgradeSession = rpc<UpgradeSessionInput, SessionObject>('tokens', 'upgrade-session');

export interface LowerSessionsInput {
  userId: string;
  factorId: string;
  factorType: FactorObject['factor_type'];
}

/** A factor was removed: sessions that it raised fall to the level that their other factors give. May be repeated. */
export const lowerSessions = rpc<LowerSessionsInput, { lowered: number }>('tokens', 'lower-sessions', {
  idempotent: true,
});
