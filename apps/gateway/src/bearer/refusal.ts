import { InvalidToken } from '@usher/access-tokens/verify-jwt';
import { AuthError } from '@usher/contracts/errors';
import { noAuthorization } from './bearer-token.js';

/** What the client is told when no bearer came out: `info` is passport's reason. */
export function refusal(error: unknown, info: unknown): unknown {
  if (error instanceof InvalidToken) return badToken(error);
  if (info instanceof InvalidToken) return badToken(info);
  return error ?? noAuthorization();
}

export function badToken(error: InvalidToken): AuthError {
  return new AuthError('bad_jwt', `invalid JWT: unable to parse or verify signature, ${error.message}`);
}
