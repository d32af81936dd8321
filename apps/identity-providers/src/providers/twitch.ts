import type { Endpoint, Provider } from './provider.js';
import { id, oneEmail, parts, text, UnexpectedAnswer } from './read-answer.js';

const API: Endpoint = ['https://api.twitch.tv', ''];

export const twitch: Provider = {
  name: 'twitch',
  authorize: ['https://id.twitch.tv', '/oauth2/authorize'],
  token: ['https://id.twitch.tv', '/oauth2/token'],
  scopes: ['user:read:email'],
  async profile({ clientId, get, url }) {
    const user = parts((await get(`${url(API)}/helix/users`, { 'client-id': clientId })).data)[0];
    if (!user) throw new UnexpectedAnswer('no user');
    const [login, shown, picture] = [text(user.login), text(user.display_name), text(user.profile_image_url)];
    return {
      emails: oneEmail(text(user.email), true),
      claims: {
        ...{ iss: url(API), sub: id(user.id), name: login, full_name: login, nickname: shown, slug: shown },
        ...{ picture, avatar_url: picture },
        custom_claims: {
          ...{ broadcaster_type: text(user.broadcaster_type), description: text(user.description) },
          ...{ type: text(user.type), offline_image_url: text(user.offline_image_url) },
          view_count: Number(user.view_count) || 0,
        },
      },
    };
  },
};
