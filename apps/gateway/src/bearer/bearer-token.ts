import { AuthError } from '@usher/contracts/errors';

/** One token and nothing after it (accounts.md §4.1). */
const BEARER = /^bearer (\S+)$/i;

/** The token of an `Authorization` header, null when it holds none. */
export function bearerToken(authorization: string): string | null {
  return BEARER.exec(authorization)?.[1] ?? null;
}

export function noAuthorization(): AuthError {
  return new AuthError('no_authorization', 'This endpoint requires a valid Bearer token');
}
