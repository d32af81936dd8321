import type { Json } from '@usher/contracts/user-object';
import { canonicalUuid, NIL_UUID } from '../bearer/uuid.js';
import { nested, text, WrongType, type Field } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

/** POST /factors (mfa-and-passkeys.md §3). */
export const ENROLL_PARAMS = struct('EnrollFactorParams', {
  factor_type: text(),
  friendly_name: text(),
  issuer: text(),
  phone: text(),
});

export const CHALLENGE_PARAMS = struct('ChallengeFactorParams', { channel: text() });

/** No answer of an authenticator comes near it. */
const MAX_DEPTH = 32;

/** Any JSON that can be passed on without running off the stack: it is read by the service. */
export function raw(): Field<Json> {
  return {
    read(value) {
      if (isDeep(value)) throw new Error('exceeded max depth');
      return value;
    },
  };
}

function isDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

function uuid(): Field<string> {
  return {
    read(value, path) {
      if (typeof value !== 'string') throw new WrongType(value, path, 'uuid.UUID');
      if (value === '') return NIL_UUID;
      const id = canonicalUuid(value);
      if (!id) throw new Error('uuid: incorrect UUID format');
      return id;
    },
  };
}

const WEBAUTHN_PARAMS = struct('WebAuthnParams', { type: text(), credential_response: raw() });

export const VERIFY_FACTOR_PARAMS = struct('VerifyFactorParams', {
  challenge_id: uuid(),
  code: text(),
  webauthn: nested(WEBAUTHN_PARAMS),
});

/** PUT /admin/users/{user_id}/factors/{factor_id} (§7). */
export const ADMIN_FACTOR_PARAMS = struct('adminUserUpdateFactorParams', { friendly_name: text(), phone: text() });
