import { z } from 'zod';
import { id, text } from './record-fields.js';

export const messageRecord = z
  .looseObject({
    id: id('Id of the message').optional(),
    user_id: id('Id of the user').optional(),
    kind: z.enum(['email', 'sms']).meta({ description: 'Way' }).optional(),
    template: text('`confirmation`, `recovery` …').optional(),
  })
  .meta({ id: 'MessageRecord', description: 'A mail or text, without address, link or code' });
