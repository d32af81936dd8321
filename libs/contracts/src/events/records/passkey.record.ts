import { z } from 'zod';
import { flag, id, text, time } from './record-fields.js';

export const passkeyRecord = z
  .looseObject({
    id: id('Id of the passkey'),
    user_id: id('Id of the user').optional(),
    friendly_name: text('Name that the user gave it').optional(),
    created_at: time('When it was registered'),
    updated_at: time('When it was last changed').optional(),
    last_used_at: time('When it was last used').nullable().optional(),
    aaguid: text('Model of the authenticator').nullable().optional(),
    backed_up: flag('Synchronised by its maker').optional(),
  })
  .meta({ id: 'PasskeyRecord', description: 'A passkey, without its public key' });
