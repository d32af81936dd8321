import type { z } from 'zod';
import type { EventType } from '../event-types.js';
import { customProviderRecord } from './custom-provider.record.js';
import { factorRecord } from './factor.record.js';
import { identityRecord } from './identity.record.js';
import { messageRecord } from './message.record.js';
import { oauthClientRecord } from './oauth-client.record.js';
import { oauthGrantRecord } from './oauth-grant.record.js';
import { passkeyRecord } from './passkey.record.js';
import { recoveryCodesRecord } from './recovery-codes.record.js';
import { sessionRecord } from './session.record.js';
import { signingKeyRecord } from './signing-key.record.js';
import { ssoProviderRecord } from './sso-provider.record.js';
import { userRecord } from './user.record.js';

export type EventEntity = EventType extends `${infer Entity}.${string}` ? Entity : never;

/** The schema of `record` of each entity, which is the first part of a type. */
export const RECORDS = {
  user: userRecord,
  identity: identityRecord,
  session: sessionRecord,
  sign_in: userRecord,
  refresh_token: sessionRecord,
  factor: factorRecord,
  recovery_codes: recoveryCodesRecord,
  passkey: passkeyRecord,
  sso_provider: ssoProviderRecord,
  custom_provider: customProviderRecord,
  oauth_client: oauthClientRecord,
  oauth_grant: oauthGrantRecord,
  message: messageRecord,
  signing_key: signingKeyRecord,
} as const satisfies Record<EventEntity, z.ZodType>;

export function entityOf(type: EventType): EventEntity {
  return type.slice(0, type.indexOf('.')) as EventEntity;
}
