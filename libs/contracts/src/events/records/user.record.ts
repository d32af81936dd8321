import { z } from 'zod';
import { factorRecord } from './factor.record.js';
import { identityRecord } from './identity.record.js';
import { flag, id, json, text, time } from './record-fields.js';

/** `record` of user events: the user as the API shows it. */
export const userRecord = z
  .looseObject({
    id: id('Id of the user'),
    aud: text('Audience of the tokens of the user'),
    role: text('Database role of the user'),
    email: text('Empty when there is none'),
    email_confirmed_at: time('When the address was confirmed').optional(),
    invited_at: time('When the user was invited').optional(),
    phone: text('Digits without `+`; empty when there is none'),
    phone_confirmed_at: time('When the number was confirmed').optional(),
    confirmation_sent_at: time('When a confirmation was last sent').optional(),
    confirmed_at: time('When the first of address and number was confirmed').optional(),
    recovery_sent_at: time('When a recovery was last sent').optional(),
    new_email: text('Address that waits for its confirmation').optional(),
    email_change_sent_at: time('When the change of the address was asked for').optional(),
    new_phone: text('Number that waits for its confirmation').optional(),
    phone_change_sent_at: time('When the change of the number was asked for').optional(),
    reauthentication_sent_at: time('When a reauthentication code was last sent').optional(),
    last_sign_in_at: time('When the user last signed in').optional(),
    app_metadata: json('What only servers may write').nullable(),
    user_metadata: json('What the user may write').nullable(),
    factors: z.array(factorRecord).meta({ description: 'Second factors; absent when there are none' }).optional(),
    identities: z
      .array(identityRecord)
      .nullable()
      .meta({ description: 'Ways to sign in; null where they were not loaded' }),
    created_at: time('When the user was created'),
    updated_at: time('When the user was last changed'),
    banned_until: time('End of a ban').optional(),
    deleted_at: time('When the user was deleted softly').optional(),
    is_anonymous: flag('Signed in without any address or provider'),
  })
  .meta({ id: 'UserRecord', description: 'A user, without secrets' });
