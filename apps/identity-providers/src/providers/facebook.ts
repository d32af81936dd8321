import { createHmac } from 'node:crypto';
import type { Endpoint, Provider } from './provider.js';
import { oneEmail, part, text } from './read-answer.js';

const PROFILE: Endpoint = ['https://graph.facebook.com', '/me?fields=email,first_name,last_name,name,picture'];

export const facebook: Provider = {
  name: 'facebook',
  authorize: ['https://www.facebook.com', '/dialog/oauth'],
  token: ['https://graph.facebook.com', '/oauth/access_token'],
  scopes: ['email'],
  async profile({ accessToken, get, secret, url }) {
    // Graph API, "Securing Requests": a stolen access token is of no use without our secret.
    const proof = createHmac('sha256', secret).update(accessToken).digest('hex');
    const user = await get(`${url(PROFILE)}&appsecret_proof=${proof}`);
    const name = text(user.name);
    const picture = text(part(part(user.picture).data).url);
    const fullName = `${text(user.first_name)} ${text(user.last_name)}`.trim();
    return {
      emails: oneEmail(text(user.email), true),
      claims: {
        ...{ iss: url(PROFILE), sub: text(user.id), name: fullName, nickname: name, slug: name, full_name: fullName },
        ...{ picture, avatar_url: picture },
      },
    };
  },
};
