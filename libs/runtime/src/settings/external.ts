import { bool, list } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const externalSettings = concern({
  title: 'E-mail, phone, anonymous users',
  variables: {
    email: {
      enabled: variable({
        name: 'GOTRUE_EXTERNAL_EMAIL_ENABLED',
        type: bool(),
        default: true,
        help: 'sign-up and sign-in by e-mail',
      }),
      magicLinkEnabled: variable({
        name: 'GOTRUE_EXTERNAL_EMAIL_MAGIC_LINK_ENABLED',
        type: bool(),
        default: true,
        help: 'sign-in by e-mail without a password',
      }),
      authorizedAddresses: variable({
        name: 'GOTRUE_EXTERNAL_EMAIL_AUTHORIZED_ADDRESSES',
        type: list(),
        help: 'if not empty, mail goes only to these addresses (case and `+label` ignored)',
      }),
    },
    phone: {
      enabled: variable({
        name: 'GOTRUE_EXTERNAL_PHONE_ENABLED',
        type: bool(),
        help: 'sign-up and sign-in by phone',
      }),
    },
    anonymousUsers: {
      enabled: variable({
        name: 'GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED',
        type: bool(),
        help: 'anonymous sign-in',
      }),
    },
  },
});

export type ExternalSettings = ValuesOf<typeof externalSettings>;
