import { z } from 'zod';
import { flag, id, text, time } from './record-fields.js';

export const ssoProviderRecord = z
  .looseObject({
    id: id('Id of the provider'),
    resource_id: text('Name of the provider in tools').optional(),
    disabled: flag('Nobody can sign in by it').optional(),
    saml: z
      .looseObject({ entity_id: text('Entity id of the identity provider') })
      .meta({ description: 'SAML 2.0 settings, as the admin API shows them' })
      .optional(),
    domains: z
      .array(z.looseObject({ domain: text('Domain of e-mail addresses') }))
      .meta({ description: 'Whose users are sent to it' })
      .optional(),
    created_at: time('When it was created').optional(),
    updated_at: time('When it was last changed').optional(),
  })
  .meta({ id: 'SsoProviderRecord', description: 'An enterprise identity provider' });
