import { z } from 'zod';
import { flag, id, text, time } from './record-fields.js';

export const customProviderRecord = z
  .looseObject({
    id: id('Id of the provider'),
    provider_type: z.enum(['oauth2', 'oidc']).meta({ description: 'Protocol' }),
    identifier: text('As in `?provider=custom:…`'),
    name: text('Name for people'),
    client_id: text('Our client id there'),
    enabled: flag('Users can sign in by it').optional(),
    issuer: text('Issuer of an OpenID provider').optional(),
    created_at: time('When it was created').optional(),
    updated_at: time('When it was last changed').optional(),
  })
  .meta({ id: 'CustomProviderRecord', description: 'A custom OAuth or OpenID provider, without the client secret' });
