import type { Endpoint, Provider, ProfileSource } from './provider.js';
import { flag, id, text } from './read-answer.js';

const API: Endpoint = ['https://api.github.com', ''];
/** GitHub Enterprise has its API on the same host. */
const ENTERPRISE_API = '/api/v3';

export const github: Provider = {
  name: 'github',
  authorize: ['https://github.com', '/login/oauth/authorize'],
  token: ['https://github.com', '/login/oauth/access_token'],
  scopes: ['user:email'],
  async profile(source) {
    const api = apiOf(source);
    const user = await source.get(`${api}/user`);
    const emails = (await source.list(`${api}/user/emails`)).map((one) => {
      return { email: text(one.email), verified: flag(one.verified), primary: flag(one.primary) };
    });
    const [name, login] = [text(user.name), text(user.login)];
    const names = { name, full_name: name, preferred_username: login, user_name: login };
    const claims = { iss: api, sub: id(user.id), ...names, avatar_url: text(user.avatar_url) };
    return { emails: emails.filter(({ email }) => email), claims };
  },
};

function apiOf({ url }: ProfileSource): string {
  const api = url(API);
  return api === API[0] ? api : api + ENTERPRISE_API;
}
