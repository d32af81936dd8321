import type { Endpoint, Provider } from './provider.js';
import { oneEmail, part, text } from './read-answer.js';

const API: Endpoint = ['https://api.notion.com', ''];
const VERSION = { 'notion-version': '2021-08-16' };

export const notion: Provider = {
  name: 'notion',
  authorize: ['https://api.notion.com', '/v1/oauth/authorize'],
  token: ['https://api.notion.com', '/v1/oauth/token'],
  scopes: [],
  fixedScopes: true,
  async profile({ get, url }) {
    const { bot } = await get(`${url(API)}/v1/users/me`, VERSION);
    const user = part(part(part(bot).owner).user);
    const name = text(user.name);
    const picture = text(user.avatar_url);
    return {
      emails: oneEmail(text(part(user.person).email), true),
      claims: { iss: url(API), sub: text(user.id), name, full_name: name, picture, avatar_url: picture },
    };
  },
};
