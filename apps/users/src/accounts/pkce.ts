import { AuthError } from '@usher/contracts/errors';
import type { PkceParameters } from '@usher/contracts/sign-in';

/** RFC 7636 §4.1, §4.2; accounts.md §9.5. The reference answers 500 to a method that it does not know. */
export function checkPkce({ codeChallenge = '', codeChallengeMethod = '' }: PkceParameters): void {
  if (!codeChallenge && !codeChallengeMethod) return;
  if (!codeChallenge || !codeChallengeMethod)
    throw invalid('PKCE flow requires code_challenge_method and code_challenge');
  if (codeChallenge.length < 43 || codeChallenge.length > 128)
    throw invalid('code challenge has to be between 43 and 128 characters');
  if (!/^[a-zA-Z0-9._~-]+$/.test(codeChallenge))
    throw invalid('code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes');
  if (!['s256', 'plain'].includes(codeChallengeMethod.toLowerCase()))
    throw invalid('PKCE flow requires code_challenge_method to be s256 or plain');
}

function invalid(message: string): AuthError {
  return new AuthError('validation_failed', message);
}
