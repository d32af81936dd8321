import { z } from 'zod';
import { id } from './record-fields.js';

export const recoveryCodesRecord = z
  .looseObject({
    user_id: id('Id of the user'),
    remaining: z.int().min(0).meta({ description: 'Codes that can still be used' }).optional(),
  })
  .meta({ id: 'RecoveryCodesRecord', description: 'The recovery codes of a user, without the codes' });
