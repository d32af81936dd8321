import type { Json } from '@usher/contracts/user-object';
import type { Endpoint, Provider } from './provider.js';
import { oneEmail, part, parts, text } from './read-answer.js';

const API: Endpoint = ['https://api.linkedin.com', ''];
const PROFILE = '/v2/me?projection=(id,firstName,lastName,profilePicture(displayImage~:playableStreams))';
const EMAIL = '/v2/emailAddress?q=members&projection=(elements*(handle~))';

export const linkedin: Provider = {
  name: 'linkedin',
  authorize: ['https://api.linkedin.com', '/oauth/v2/authorization'],
  token: ['https://api.linkedin.com', '/oauth/v2/accessToken'],
  scopes: ['r_emailaddress', 'r_liteprofile'],
  async profile({ get, url }) {
    const user = await get(url(API) + PROFILE);
    const element = parts((await get(url(API) + EMAIL)).elements)[0];
    const name = `${localized(user.firstName)} ${localized(user.lastName)}`.trim();
    const images = parts(part(part(user.profilePicture)['displayImage~']).elements);
    const picture = text(parts(images[0]?.identifiers)[0]?.identifier);
    return {
      emails: oneEmail(text(part(element?.['handle~']).emailAddress), true),
      claims: { iss: url(API), sub: text(user.id), name, full_name: name, picture, avatar_url: picture },
    };
  },
};

/** A name in the language that its owner prefers. */
function localized(value: Json | undefined): string {
  const { localized: byLocale, preferredLocale } = part(value);
  const { language, country } = part(preferredLocale);
  return text(part(byLocale)[`${text(language)}_${text(country)}`]);
}
