import type { Endpoint, Provider } from './provider.js';
import { oneEmail, part, text } from './read-answer.js';

const API: Endpoint = ['https://api.workos.com', ''];

export const workos: Provider = {
  name: 'workos',
  authorize: ['https://api.workos.com', '/sso/authorize'],
  token: ['https://api.workos.com', '/sso/token'],
  scopes: [],
  fixedScopes: true,
  async profile({ answer, url }) {
    const user = part(answer.profile);
    const name = `${text(user.first_name)} ${text(user.last_name)}`.trim();
    return {
      emails: oneEmail(text(user.email), true),
      claims: {
        ...{ iss: url(API), sub: text(user.id), name, full_name: name },
        custom_claims: { connection_id: text(user.connection_id), organization_id: text(user.organization_id) },
      },
    };
  },
};
