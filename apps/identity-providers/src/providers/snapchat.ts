import type { Endpoint, Provider } from './provider.js';
import { oneEmail, part, text } from './read-answer.js';

const PROFILE: Endpoint = ['https://kit.snapchat.com', '/v1/me'];
const QUERY = '{ me { externalId displayName bitmoji { avatar id } email } }';
const ISSUER = 'https://accounts.snapchat.com/accounts/oauth2/token';

export const snapchat: Provider = {
  name: 'snapchat',
  authorize: ['https://accounts.snapchat.com', '/accounts/oauth2/auth'],
  token: ['https://accounts.snapchat.com', '/accounts/oauth2/token'],
  scopes: ['external_id', 'display_name', 'bitmoji.avatar'].map(
    (what) => `https://auth.snapchat.com/oauth2/api/user.${what}`,
  ),
  async profile({ get, url }) {
    const { data } = await get(`${url(PROFILE)}?query=${encodeURIComponent(QUERY)}`);
    const me = part(part(data).me);
    const name = text(me.displayName);
    const picture = text(part(me.bitmoji).avatar);
    return {
      emails: oneEmail(text(me.email), true),
      claims: {
        ...{ iss: ISSUER, sub: text(me.externalId), name, full_name: name, slug: name },
        ...{ picture, avatar_url: picture },
      },
    };
  },
};
