import { text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

export const GENERATE_CODES_PARAMS = struct('RecoveryCodesParams', { friendly_name: text() });

export const RECOVERY_CODE_PARAMS = struct('RecoveryCodeParams', { code: text() });
