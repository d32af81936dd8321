import type { Endpoint, Provider } from './provider.js';
import { id, oneEmail, part, text } from './read-answer.js';

const API: Endpoint = ['https://api.x.com', ''];
const FIELDS = 'id,name,username,confirmed_email,profile_image_url,url,created_at';

export const x: Provider = {
  name: 'x',
  authorize: ['https://x.com', '/i/oauth2/authorize'],
  token: ['https://api.x.com', '/2/oauth2/token'],
  scopes: ['users.email', 'tweet.read', 'users.read', 'offline.access'],
  pkce: true,
  async profile({ get, url }) {
    const user = part((await get(`${url(API)}/2/users/me?user.fields=${FIELDS}`)).data);
    const [name, username, picture] = [text(user.name), text(user.username), text(user.profile_image_url)];
    return {
      emails: oneEmail(text(user.confirmed_email), true),
      claims: {
        ...{ iss: url(API), sub: id(user.id), name, full_name: name, picture, avatar_url: picture },
        ...{ preferred_username: username, user_name: username, profile: `https://x.com/${username}` },
        ...{ website: text(user.url), custom_claims: { created_at: text(user.created_at) } },
      },
    };
  },
};
