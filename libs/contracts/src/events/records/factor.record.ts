import { z } from 'zod';
import { id, text, time } from './record-fields.js';

export const factorRecord = z
  .looseObject({
    id: id('Id of the factor'),
    user_id: id('Id of the user; absent inside of a user').optional(),
    created_at: time('When it was enrolled'),
    updated_at: time('When it was last changed'),
    status: z.enum(['verified', 'unverified']).meta({ description: 'Only a verified one counts' }),
    friendly_name: text('Name that the user gave it').optional(),
    factor_type: z.enum(['totp', 'phone', 'webauthn']).meta({ description: 'Kind' }),
    phone: text('Number of a phone factor, empty otherwise').optional(),
    last_challenged_at: time('When a challenge was last made').nullable().optional(),
    web_authn_aaguid: text('Model of the authenticator').optional(),
  })
  .meta({ id: 'FactorRecord', description: 'A second factor, without its secret or credential' });
