import type { JsonObject } from '@usher/contracts/user-object';
import type { Endpoint, Provider } from './provider.js';
import { flag, oneEmail, text } from './read-answer.js';

/** The realm's address: there is no default. */
const REALM: Endpoint = ['', ''];

const OWN = new Set(['sub', 'name', 'email', 'email_verified']);

export const keycloak: Provider = {
  name: 'keycloak',
  authorize: ['', '/protocol/openid-connect/auth'],
  token: ['', '/protocol/openid-connect/token'],
  scopes: ['profile', 'email'],
  needsUrl: true,
  async profile({ get, url }) {
    const user = await get(`${url(REALM)}/protocol/openid-connect/userinfo`);
    const name = text(user.name);
    const others: JsonObject = Object.fromEntries(Object.entries(user).filter(([key]) => !OWN.has(key)));
    return {
      emails: oneEmail(text(user.email), flag(user.email_verified)),
      claims: { iss: url(REALM), sub: text(user.sub), name, full_name: name, custom_claims: others },
    };
  },
};
