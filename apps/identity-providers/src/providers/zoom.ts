import type { Endpoint, Provider } from './provider.js';
import { id, oneEmail, text } from './read-answer.js';

const API: Endpoint = ['https://api.zoom.us', '/v2'];
/** Those who signed up with an address of their own may not have verified it. */
const ZOOM_ACCOUNT = '100';

export const zoom: Provider = {
  name: 'zoom',
  authorize: ['https://zoom.us', '/oauth/authorize'],
  token: ['https://zoom.us', '/oauth/token'],
  scopes: [],
  fixedScopes: true,
  async profile({ get, url }) {
    const user = await get(`${url(API)}/users/me`);
    const verified = id(user.login_type) !== ZOOM_ACCOUNT || (Number(user.verified) || 0) !== 0;
    const name = `${text(user.first_name)} ${text(user.last_name)}`.trim();
    const picture = text(user.pic_url);
    return {
      emails: oneEmail(text(user.email), verified),
      claims: { iss: url(API), sub: id(user.id), name, full_name: name, picture, avatar_url: picture },
    };
  },
};
