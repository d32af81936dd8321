import type { JsonObject } from '@usher/contracts/user-object';
import type { Endpoint, Provider } from './provider.js';
import { id, oneEmail, parts, text } from './read-answer.js';

const API: Endpoint = ['https://api.spotify.com/v1', ''];

export const spotify: Provider = {
  name: 'spotify',
  authorize: ['https://accounts.spotify.com', '/authorize'],
  token: ['https://accounts.spotify.com', '/api/token'],
  scopes: ['user-read-email'],
  async profile({ get, url }) {
    const user = await get(`${url(API)}/me`);
    const name = text(user.display_name);
    const picture = text(parts(user.images).sort((a, b) => area(b) - area(a))[0]?.url);
    return {
      // Spotify lets people enter any address.
      emails: oneEmail(text(user.email), false),
      claims: { iss: url(API), sub: id(user.id), name, full_name: name, picture, avatar_url: picture },
    };
  },
};

const area = ({ width, height }: JsonObject): number => (Number(width) || 0) * (Number(height) || 0);
