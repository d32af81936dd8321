import type { JsonObject } from '@usher/contracts/user-object';
import type { Provider } from './provider.js';
import { text, UnexpectedAnswer } from './read-answer.js';

export const VERCEL_ISSUER = 'https://marketplace.vercel.com';

export const vercelMarketplace: Provider = {
  name: 'vercel_marketplace',
  authorize: ['https://api.vercel.com', '/oauth/v2/authorization'],
  token: ['https://api.vercel.com', '/oauth/v2/accessToken'],
  scopes: [],
  async profile({ idToken }) {
    const token = await idToken({ issuer: VERCEL_ISSUER });
    if (!token) throw new UnexpectedAnswer('no ID token');
    return vercelProfile(token);
  },
};

export function vercelProfile(token: JsonObject) {
  const globalId = text(token.global_user_id);
  const sub = globalId ? `global_user_id:${globalId}` : text(token.sub);
  return {
    emails: [{ email: text(token.user_email), verified: true, primary: true }],
    claims: { iss: text(token.iss), sub, name: text(token.user_name), picture: text(token.user_avatar_url) },
  };
}
