import type { Endpoint, Provider } from './provider.js';
import { flag, part, parts, text } from './read-answer.js';

const API: Endpoint = ['https://api.bitbucket.org', '/2.0'];

export const bitbucket: Provider = {
  name: 'bitbucket',
  authorize: ['https://bitbucket.org', '/site/oauth2/authorize'],
  token: ['https://bitbucket.org', '/site/oauth2/access_token'],
  scopes: ['account', 'email'],
  fixedScopes: true,
  async profile({ get, url }) {
    const user = await get(`${url(API)}/user`);
    const emails = parts((await get(`${url(API)}/user/emails`)).values).map((one) => {
      return { email: text(one.email), verified: flag(one.is_confirmed), primary: flag(one.is_primary) };
    });
    const name = text(user.display_name);
    const picture = text(part(user.avatar).href);
    const names = { name, full_name: name, picture, avatar_url: picture };
    return { emails: emails.filter(({ email }) => email), claims: { iss: url(API), sub: text(user.uuid), ...names } };
  },
};
