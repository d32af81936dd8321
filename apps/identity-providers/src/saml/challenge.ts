import { invalidRequest } from './saml.errors.js';

/** PKCE of the client (RFC 7636 §4.3), in the words of the reference; undefined for a flow without. */
export function readChallenge(
  challenge: string | undefined,
  method: string | undefined,
): { challenge: string; method: 's256' | 'plain' } | undefined {
  if (!challenge && !method) return undefined;
  if (!challenge || !method) throw invalidRequest('PKCE flow requires code_challenge_method and code_challenge');
  if (challenge.length < 43 || challenge.length > 128)
    throw invalidRequest('code challenge has to be between 43 and 128 characters');
  if (!/^[a-zA-Z0-9._~-]+$/.test(challenge))
    throw invalidRequest(
      'code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes',
    );
  const name = method.toLowerCase();
  if (name !== 's256' && name !== 'plain') throw invalidRequest('Invalid code_challenge_method');
  return { challenge, method: name };
}
