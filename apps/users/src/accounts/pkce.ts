import { AuthError } from '@usher/contracts/errors';
import type { FlowToStart, PkceParameters } from '@usher/contracts/sign-in';

/** Form of `code_challenge` and `code_challenge_method` (accounts.md §9.5); both or none. An unknown method is refused here, not with a 500 later. */
export function checkPkce({ codeChallenge, codeChallengeMethod }: PkceParameters): void {
  if (!codeChallenge && !codeChallengeMethod) return;
  if (!codeChallenge || !codeChallengeMethod)
    throw new AuthError('validation_failed', 'PKCE flow requires code_challenge_method and code_challenge');
  if (codeChallenge.length < 43 || codeChallenge.length > 128)
    throw new AuthError('validation_failed', 'code challenge has to be between 43 and 128 characters');
  if (!/^[a-zA-Z0-9._~-]+$/.test(codeChallenge)) {
    throw new AuthError(
      'validation_failed',
      'code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes',
    );
  }
  if (!['s256', 'plain'].includes(codeChallengeMethod.toLowerCase()))
    throw new AuthError('validation_failed', 'code challenge method has to be s256 or plain');
}

/** The flow to record, when the request asked for PKCE. */
export function flowFor(
  { codeChallenge, codeChallengeMethod }: PkceParameters,
  userId: string,
  method: string,
  providerType: string,
): FlowToStart | undefined {
  if (!codeChallenge || !codeChallengeMethod) return undefined;
  return { userId, method, providerType, codeChallenge, codeChallengeMethod };
}
