import type { JsonObject } from '@usher/contracts/user-object';
import type { Provider } from './provider.js';
import { flag, id, oneEmail, text } from './read-answer.js';

const USER_INFO = 'https://www.googleapis.com/userinfo/v2/me';

export const google: Provider = {
  name: 'google',
  issuer: 'https://accounts.google.com',
  scopes: ['email', 'profile'],
  ignoresUrl: true,
  async profile({ get, idToken }) {
    const issuer = 'https://accounts.google.com';
    const token = await idToken({ issuer, accepts: (iss) => iss === issuer || iss === 'accounts.google.com' });
    const user = token ?? (await get(USER_INFO));
    const name = text(user.name);
    const picture = text(user.picture);
    const hosted: JsonObject = token && text(token.hd) ? { custom_claims: { hd: text(token.hd) } } : {};
    return {
      emails: oneEmail(text(user.email), flag(user.email_verified) || flag(user.verified_email)),
      claims: {
        ...{ iss: token ? text(token.iss) : USER_INFO, sub: token ? text(token.sub) : id(user.id) },
        ...{ name, full_name: name, picture, avatar_url: picture, ...hosted },
      },
    };
  },
};
