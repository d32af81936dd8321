import type { Endpoint, Profile, ProfileSource, Provider } from './provider.js';
import { flag, oneEmail, text } from './read-answer.js';

const API: Endpoint = ['https://slack.com', '/api'];
const SCOPES = ['profile', 'email', 'openid'];
const USER_ID = 'https://slack.com/user_id';
const TEAM_ID = 'https://slack.com/team_id';

export const slack: Provider = {
  name: 'slack',
  authorize: ['https://slack.com', '/oauth/authorize'],
  token: ['https://slack.com', '/api/oauth.access'],
  scopes: SCOPES,
  profile: (source) => profile(source, true),
};

export const slackOidc: Provider = {
  name: 'slack_oidc',
  authorize: ['https://slack.com', '/openid/connect/authorize'],
  token: ['https://slack.com', '/api/openid.connect.token'],
  scopes: SCOPES,
  profile: (source) => profile(source, false),
};

async function profile({ get, url }: ProfileSource, alwaysVerified: boolean): Promise<Profile> {
  const user = await get(`${url(API)}/openid.connect.userInfo`);
  const name = text(user.name);
  const picture = text(user.picture);
  return {
    emails: oneEmail(text(user.email), alwaysVerified || flag(user.email_verified)),
    claims: {
      ...{ iss: url(API), sub: text(user[USER_ID]), name, full_name: name, picture, avatar_url: picture },
      custom_claims: { [TEAM_ID]: text(user[TEAM_ID]) },
    },
  };
}
