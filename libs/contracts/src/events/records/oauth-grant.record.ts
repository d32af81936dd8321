import { z } from 'zod';
import { id, text, time } from './record-fields.js';

export const oauthGrantRecord = z
  .looseObject({
    user_id: id('Id of the user'),
    client_id: text('Id of the OAuth client'),
    scopes: z
      .union([z.string(), z.array(z.string())])
      .meta({ description: 'Scopes that were granted' })
      .optional(),
    granted_at: time('When it was granted').optional(),
    revoked_at: time('When it was revoked').nullable().optional(),
  })
  .meta({ id: 'OAuthGrantRecord', description: "A user's consent to an OAuth client" });
