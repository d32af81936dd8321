import { z } from 'zod';
import { id, json, text, time } from './record-fields.js';

export const identityRecord = z
  .looseObject({
    identity_id: id('Id of the identity'),
    id: text('Subject at the provider'),
    user_id: id('Id of the user'),
    identity_data: json('Claims of the provider').optional(),
    provider: text('`email`, `phone`, `google`, `sso:<id>` …'),
    last_sign_in_at: time('When it was last used').optional(),
    created_at: time('When it was linked'),
    updated_at: time('When it was last changed'),
    email: text('Address at the provider').optional(),
  })
  .meta({ id: 'IdentityRecord', description: 'A way in which a user signs in' });
