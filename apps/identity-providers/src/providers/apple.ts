import type { JsonObject } from '@usher/contracts/user-object';
import type { Profile, Provider } from './provider.js';
import { part, text } from './read-answer.js';

const ISSUERS = ['https://appleid.apple.com', 'https://account.apple.com'];

export const apple: Provider = {
  name: 'apple',
  issuer: 'https://appleid.apple.com',
  scopes: ['email', 'name'],
  fixedScopes: true,
  ignoresUrl: true,
  dropsParameters: true,
  extras: { response_mode: 'form_post' },
  async profile({ callback, idToken }) {
    const token = await idToken({ issuer: 'https://appleid.apple.com', accepts: isAppleIssuer });
    const profile = token ? appleProfile(token) : { emails: [], claims: {} };
    return { ...profile, claims: { ...profile.claims, ...nameIn(callback.get('user') ?? '') } };
  },
};

export function isAppleIssuer(issuer: string): boolean {
  return ISSUERS.includes(issuer);
}

export function appleProfile(token: JsonObject): Profile {
  const custom: JsonObject = {};
  const hidden = token.is_private_email;
  if (hidden !== undefined) custom.is_private_email = hidden === true || hidden === 'true';
  for (const key of ['auth_time', 'transfer_sub']) if (token[key] !== undefined) custom[key] = token[key];
  return {
    emails: [{ email: text(token.email), verified: true, primary: true }],
    claims: { iss: text(token.iss), sub: text(token.sub), custom_claims: custom },
  };
}

/** Apple tells the name once, in the form of the first callback; its address is not signed and is not looked at. */
function nameIn(form: string): JsonObject {
  try {
    const { firstName, lastName } = part(part(JSON.parse(form) as JsonObject).name);
    const name = `${text(firstName)} ${text(lastName)}`.trim();
    return name ? { name, full_name: name } : {};
  } catch {
    return {};
  }
}
