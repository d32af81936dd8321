import type { Json, JsonObject } from '@usher/contracts/user-object';
import type { Profile, Provider } from './provider.js';
import { oneEmail, text, UnexpectedAnswer } from './read-answer.js';

const HOST = 'https://login.microsoftonline.com/common';

/** Claims of the protocol, which say nothing of the person. */
const PROTOCOL = new Set(
  'aud iss iat nbf exp c_hash at_hash aio nonce rh uti jti ver sub name preferred_username'.split(' '),
);

export const azure: Provider = {
  name: 'azure',
  authorize: [HOST, '/oauth2/v2.0/authorize'],
  token: [HOST, '/oauth2/v2.0/token'],
  scopes: ['openid'],
  async profile({ idToken, url }) {
    const base = url([HOST, '']);
    const fixed = isTenant(base) ? `${base}/v2.0` : undefined;
    const token = await idToken(fixed ? { issuer: fixed } : { issuer: '', accepts: isAzureIssuer });
    if (!token) throw new UnexpectedAnswer('no ID token');
    return azureProfile(token);
  },
};

/** Any tenant's; the whole form is compared, so that no look-alike host passes. */
export function isAzureIssuer(issuer: string): boolean {
  return /^https:\/\/login\.microsoftonline\.com\/[^/?#@\\]+\/v2\.0\/?$|^https:\/\/sts\.windows\.net\/[^/?#@\\]+\/?$/.test(
    issuer,
  );
}

/** Whether the setting names one tenant instead of all. */
export function isTenant(base: string): boolean {
  return !/\/(?:common|organizations|consumers)$/.test(base) && base !== HOST;
}

export function azureProfile(token: JsonObject): Profile {
  const email = text(token.email);
  const others: JsonObject = Object.fromEntries(Object.entries(token).filter(([key]) => !PROTOCOL.has(key)));
  const name = text(token.name);
  const names = { name, full_name: name, preferred_username: text(token.preferred_username) };
  return {
    emails: oneEmail(email, isDomainOwner(token.xms_edov)),
    claims: { iss: text(token.iss), sub: text(token.sub), ...names, custom_claims: others },
  };
}

/** nOAuth: a tenant can write any address; where Microsoft says that the tenant does not own its domain, it proves nothing. */
function isDomainOwner(edov: Json | undefined): boolean {
  return edov === undefined || edov === true || edov === 'true' || edov === '1' || edov === 1;
}
