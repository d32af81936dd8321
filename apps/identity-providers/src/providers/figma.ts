import type { Endpoint, Provider } from './provider.js';
import { id, oneEmail, text } from './read-answer.js';

const API: Endpoint = ['https://api.figma.com', ''];

export const figma: Provider = {
  name: 'figma',
  authorize: ['https://www.figma.com', '/oauth'],
  token: ['https://api.figma.com', '/v1/oauth/token'],
  scopes: ['current_user:read'],
  async profile({ get, url }) {
    const user = await get(`${url(API)}/v1/me`);
    const name = text(user.handle);
    return {
      emails: oneEmail(text(user.email), true),
      claims: { iss: url(API), sub: id(user.id), name, full_name: name, avatar_url: text(user.img_url) },
    };
  },
};
