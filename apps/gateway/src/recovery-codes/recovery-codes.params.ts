import { text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

export const RECOVERY_CODE_PARAMS = struct('RecoveryCodeParams', { code: text() });
