import type { Endpoint, Provider } from './provider.js';
import { flag, id, oneEmail, text } from './read-answer.js';

const API: Endpoint = ['https://discord.com', '/api'];

export const discord: Provider = {
  name: 'discord',
  authorize: ['https://discord.com', '/api/oauth2/authorize'],
  token: ['https://discord.com', '/api/oauth2/token'],
  scopes: ['email', 'identify'],
  async profile({ get, url }) {
    const user = await get(`${url(API)}/users/@me`);
    const [sub, username, discriminator] = [id(user.id), text(user.username), text(user.discriminator)];
    const picture = avatarOf(sub, text(user.avatar), discriminator);
    return {
      emails: oneEmail(text(user.email), flag(user.verified)),
      claims: {
        ...{ iss: url(API), sub, name: `${username}#${discriminator}`, full_name: username },
        ...{ picture, avatar_url: picture, custom_claims: { global_name: text(user.global_name) } },
      },
    };
  },
};

/** Who has set none gets one of five by the old number after the name. */
function avatarOf(userId: string, hash: string, discriminator: string): string {
  const cdn = 'https://cdn.discordapp.com';
  if (!hash) return `${cdn}/embed/avatars/${(Number(discriminator) || 0) % 5}.png`;
  return `${cdn}/avatars/${userId}/${hash}.${hash.startsWith('a_') ? 'gif' : 'png'}`;
}
