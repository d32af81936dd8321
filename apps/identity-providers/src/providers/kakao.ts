import type { Endpoint, Provider } from './provider.js';
import { flag, id, oneEmail, part, text } from './read-answer.js';

const API: Endpoint = ['https://kapi.kakao.com', ''];

export const kakao: Provider = {
  name: 'kakao',
  authorize: ['https://kauth.kakao.com', '/oauth/authorize'],
  token: ['https://kauth.kakao.com', '/oauth/token'],
  scopes: ['account_email', 'profile_image', 'profile_nickname'],
  secretInBody: true,
  async profile({ get, url }) {
    const user = await get(`${url(API)}/v2/user/me`);
    const account = part(user.kakao_account);
    const profile = part(account.profile);
    const nickname = text(profile.nickname);
    const verified = flag(account.is_email_verified) && flag(account.is_email_valid);
    return {
      emails: oneEmail(text(account.email), verified),
      claims: {
        ...{ iss: url(API), sub: id(user.id), name: nickname, full_name: nickname },
        ...{ preferred_username: nickname, user_name: nickname, avatar_url: text(profile.profile_image_url) },
      },
    };
  },
};
