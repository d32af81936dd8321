import type { Endpoint, Provider } from './provider.js';
import { id, text } from './read-answer.js';

const HOST: Endpoint = ['https://gitlab.com', ''];

export const gitlab: Provider = {
  name: 'gitlab',
  authorize: ['https://gitlab.com', '/oauth/authorize'],
  token: ['https://gitlab.com', '/oauth/token'],
  scopes: ['read_user'],
  async profile({ get, list, url }) {
    const user = await get(`${url(HOST)}/api/v4/user`);
    const others = await list(`${url(HOST)}/api/v4/user/emails`);
    const primary = { email: text(user.email), verified: text(user.confirmed_at) !== '', primary: true };
    const emails = [...others.map((one) => ({ email: text(one.email), verified: false, primary: false })), primary];
    const name = text(user.name);
    const picture = text(user.avatar_url);
    const names = { name, full_name: name, picture, avatar_url: picture };
    return { emails: emails.filter(({ email }) => email), claims: { iss: url(HOST), sub: id(user.id), ...names } };
  },
};
