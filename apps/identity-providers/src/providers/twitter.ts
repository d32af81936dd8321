import type { JsonObject } from '@usher/contracts/user-object';
import type { Endpoint, Profile } from './provider.js';
import { oneEmail, text } from './read-answer.js';

/** OAuth 1.0a (RFC 5849): a way of its own, in `oauth/oauth1.ts`. */
export const TWITTER: Readonly<Record<'request' | 'authenticate' | 'access' | 'profile', Endpoint>> = {
  request: ['https://api.twitter.com', '/oauth/request_token'],
  authenticate: ['https://api.twitter.com', '/oauth/authenticate'],
  access: ['https://api.twitter.com', '/oauth/access_token'],
  profile: ['https://api.twitter.com', '/1.1/account/verify_credentials.json'],
};

export function twitterProfile(user: JsonObject, issuer: string): Profile {
  const [name, screenName, picture] = [text(user.name), text(user.screen_name), text(user.profile_image_url_https)];
  return {
    emails: oneEmail(text(user.email), true),
    claims: {
      ...{ iss: issuer, sub: text(user.id_str), name, full_name: name, picture, avatar_url: picture },
      ...{ preferred_username: screenName, user_name: screenName },
    },
  };
}
