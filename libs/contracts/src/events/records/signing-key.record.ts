import { z } from 'zod';
import { text } from './record-fields.js';

export const signingKeyRecord = z
  .looseObject({
    kid: text('Id of the key').optional(),
    alg: text('Algorithm').optional(),
  })
  .meta({ id: 'SigningKeyRecord', description: 'The key that signs access tokens, public part' });
