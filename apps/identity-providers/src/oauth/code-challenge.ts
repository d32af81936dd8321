import { AuthError } from '@usher/contracts/errors';
import type { PkceParameters } from '@usher/contracts/sign-in';

const invalid = (message: string): AuthError => new AuthError('validation_failed', message);

/** The client's PKCE challenge, whole and well formed, or none (external-providers.md §3 step 3). */
export function checkChallenge({ codeChallenge, codeChallengeMethod }: PkceParameters): {
  codeChallenge: string | null;
  codeChallengeMethod: string | null;
} {
  if (!codeChallenge && !codeChallengeMethod) return { codeChallenge: null, codeChallengeMethod: null };
  if (!codeChallenge || !codeChallengeMethod)
    throw invalid('PKCE flow requires code_challenge_method and code_challenge');
  if (codeChallenge.length < 43 || codeChallenge.length > 128)
    throw invalid('code challenge has to be between 43 and 128 characters');
  if (!/^[a-zA-Z0-9._~-]+$/.test(codeChallenge)) {
    const allowed = 'alphanumeric characters, hyphens, periods, underscores and tildes';
    throw invalid(`code challenge can only contain ${allowed}`);
  }
  const method = codeChallengeMethod.toLowerCase();
  if (method !== 's256' && method !== 'plain') throw invalid('Invalid code_challenge_method');
  return { codeChallenge, codeChallengeMethod: method };
}
