import type { Endpoint, Provider } from './provider.js';
import { oneEmail, text } from './read-answer.js';

const API: Endpoint = ['https://api.fly.io', ''];

export const fly: Provider = {
  name: 'fly',
  authorize: ['https://api.fly.io', '/oauth/authorize'],
  token: ['https://api.fly.io', '/oauth/token'],
  scopes: ['read'],
  async profile({ get, url }) {
    const user = await get(`${url(API)}/oauth/token/info`);
    const { resource_owner_id = '', organizations = null, application = null, scope = null, created_at = 0 } = user;
    return {
      emails: oneEmail(text(user.email), true),
      claims: {
        ...{ iss: url(API), sub: text(user.user_id), full_name: text(user.user_name) },
        custom_claims: { resource_owner_id, organizations, application, scope, created_at },
      },
    };
  },
};
