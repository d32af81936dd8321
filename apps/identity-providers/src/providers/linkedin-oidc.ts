import type { Provider } from './provider.js';
import { oneEmail, text, UnexpectedAnswer } from './read-answer.js';

export const LINKEDIN_ISSUER = 'https://www.linkedin.com/oauth';

export const linkedinOidc: Provider = {
  name: 'linkedin_oidc',
  authorize: ['https://api.linkedin.com', '/oauth/v2/authorization'],
  token: ['https://api.linkedin.com', '/oauth/v2/accessToken'],
  scopes: ['openid', 'email', 'profile'],
  async profile({ idToken }) {
    const token = await idToken({ issuer: LINKEDIN_ISSUER });
    if (!token) throw new UnexpectedAnswer('no ID token');
    // LinkedIn writes it as a text.
    const verified = text(token.email_verified);
    if (verified !== 'true' && verified !== 'false') throw new UnexpectedAnswer('email_verified is neither');
    const [given, family] = [text(token.given_name), text(token.family_name)];
    const picture = text(token.picture);
    return {
      emails: oneEmail(text(token.email), verified === 'true'),
      claims: {
        ...{ iss: text(token.iss), sub: text(token.sub), name: `${given} ${family}`.trim(), given_name: given },
        ...{ family_name: family, picture, locale: text(token.locale) },
      },
    };
  },
};
