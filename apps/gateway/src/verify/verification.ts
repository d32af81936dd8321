import { AuthError } from '@usher/contracts/errors';
import type { VerifyTokenInput } from '@usher/contracts/users/one-time-tokens.contract';
import type { BodyOf } from '../bodies/struct.js';
import type { VERIFY_PARAMS } from './verify.params.js';

/** What the holder of the first half of a secure e-mail change is told. */
export const HALF_DONE = 'Confirmation link accepted. Please proceed to confirm link sent to the other email';

const PKCE_PREFIX = 'pkce_';

/** Methods of the flows that a link of each type may finish (accounts.md §17.2). */
const FLOW_METHODS: Readonly<Record<string, string>> = {
  signup: 'email/signup',
  invite: 'invite',
  recovery: 'recovery',
  magiclink: 'magiclink',
  email_change: 'email_change',
};

export interface OpenedLink {
  type: string;
  tokenHash: string;
  /** The method of the flow to finish; null for a link that opens a session at once. */
  flowMethod: string | null;
}

/** Checks the query of an opened link. */
export function readLink(type: string, token: string): OpenedLink {
  if (!type) throw invalid('Verify requires a verification type');
  if (!token) throw invalid('Verify requires a token or a token hash');
  if (token.includes('\0')) throw invalid('Null characters are not allowed');
  if (!token.startsWith(PKCE_PREFIX)) return { type, tokenHash: token, flowMethod: null };
  const flowMethod = FLOW_METHODS[type];
  if (!flowMethod) throw invalid('Invalid email verification type');
  return { type, tokenHash: token, flowMethod };
}

/** Checks a body: a token with an address, or a hash alone (accounts.md §17.4). */
export function readVerification(params: BodyOf<typeof VERIFY_PARAMS>): VerifyTokenInput {
  const { type, token, token_hash: tokenHash, email, phone, redirect_to: redirectTo } = params;
  if (!type) throw invalid('Verify requires a verification type');
  if (Boolean(token) === Boolean(tokenHash)) throw invalid('Verify requires either a token or a token hash');
  if (tokenHash) {
    if (email || phone || redirectTo) throw invalid('Only the token_hash and type should be provided');
    return { type, tokenHash };
  }
  if (Boolean(email) === Boolean(phone))
    throw invalid('Only an email address or phone number should be provided on verify');
  return { type, token, email, phone };
}

function invalid(message: string): AuthError {
  return new AuthError('validation_failed', message);
}
