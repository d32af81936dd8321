import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { SignIn } from '../sign-in.js';
import type { Json, JsonObject } from '../user-object.js';

/** A passkey as its user sees it. */
export interface PasskeyObject {
  id: string;
  friendly_name?: string;
  created_at: string;
  last_used_at?: string;
}

/** What the browser is given; `expires_at` in Unix seconds. */
export interface PasskeyCeremony {
  challenge_id: string;
  options: JsonObject;
  expires_at: number;
}

/** POST /passkeys/registration/options (mfa-and-passkeys.md §9.1). */
export const startPasskeyRegistration = rpc<{ bearer: Bearer }, PasskeyCeremony>('users', 'start-passkey-registration');

/** Whether the caller may add passkeys: what comes before the body of the answer. */
export const admitPasskeyRegistration = rpc<{ bearer: Bearer }, Record<string, never>>(
  'users',
  'admit-passkey-registration',
  { idempotent: true },
);

export interface PasskeyAnswer {
  challengeId?: string;
  credential?: Json;
}

/** POST /passkeys/registration/verify (§9.2). Any answer that reaches the challenge uses it up. */
export const finishPasskeyRegistration = rpc<{ bearer: Bearer } & PasskeyAnswer, PasskeyObject>(
  'users',
  'finish-passkey-registration',
);

/** POST /passkeys/authentication/options (§9.3): names no user. */
export const startPasskeySignIn = rpc<Record<string, never>, PasskeyCeremony>('users', 'start-passkey-sign-in');

/** POST /passkeys/authentication/verify (§9.4) up to the session. */
export const verifyPasskey = rpc<PasskeyAnswer, { signIn: SignIn }>('users', 'verify-passkey');

/** GET /passkeys (§9.5), oldest first. */
export const listPasskeys = rpc<{ bearer: Bearer }, PasskeyObject[]>('users', 'list-passkeys', { idempotent: true });

/** The passkey that a route names: null when the path holds no UUID. */
export interface NamedPasskey {
  bearer: Bearer;
  passkeyId: string | null;
}

/** PATCH /passkeys/{id}. */
export const renamePasskey = rpc<NamedPasskey & { friendlyName?: string }, PasskeyObject>('users', 'rename-passkey');

/** DELETE /passkeys/{id}. */
export const removePasskey = rpc<NamedPasskey, Record<string, never>>('users', 'remove-passkey');

/** GET /admin/users/{user_id}/passkeys (§9.6). */
export const adminListPasskeys = rpc<{ userId: string }, PasskeyObject[]>('users', 'admin-list-passkeys', {
  idempotent: true,
});

/** DELETE /admin/users/{user_id}/passkeys/{passkey_id}. */
export const adminRemovePasskey = rpc<{ userId: string; passkeyId: string | null }, Record<string, never>>(
  'users',
  'admin-remove-passkey',
);
