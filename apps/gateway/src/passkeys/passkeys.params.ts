import { text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';
import { raw } from '../factors/factors.params.js';

/** Answers of both ceremonies (mfa-and-passkeys.md §9.2, §9.4). */
export const PASSKEY_ANSWER_PARAMS = struct('PasskeyVerifyParams', { challenge_id: text(), credential: raw() });

export const PASSKEY_UPDATE_PARAMS = struct('PasskeyUpdateParams', { friendly_name: text() });
