import { nested, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

export const GOTRUE_SECURITY = struct('GotrueSecurity', { captcha_token: text() });

/** What the captcha check reads of a body of any kind. */
export const CAPTCHA_PARAMS = struct('GotrueRequest', { gotrue_meta_security: nested(GOTRUE_SECURITY) });
