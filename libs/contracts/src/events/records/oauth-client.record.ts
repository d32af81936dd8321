import { z } from 'zod';
import { text, time } from './record-fields.js';

export const oauthClientRecord = z
  .looseObject({
    client_id: text('Id of the client'),
    client_name: text('Name for people').optional(),
    client_uri: text('Home page').optional(),
    logo_uri: text('Logo').optional(),
    client_type: z.enum(['public', 'confidential']).meta({ description: 'Whether it has a secret' }).optional(),
    registration_type: z.enum(['dynamic', 'manual']).meta({ description: 'How it was registered' }).optional(),
    redirect_uris: z.array(z.string()).meta({ description: 'Where users may be sent back to' }).optional(),
    grant_types: z.array(z.string()).meta({ description: 'Grants that it may use' }).optional(),
    created_at: time('When it was registered').optional(),
    updated_at: time('When it was last changed').optional(),
  })
  .meta({ id: 'OAuthClientRecord', description: 'A client of the OAuth server, without its secret' });
