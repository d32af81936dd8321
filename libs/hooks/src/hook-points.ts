import type { HookName as SettingName } from '@usher/runtime/settings/hooks';
import type { HookName } from './payloads.js';

export type FieldType = 'string' | 'boolean' | 'object';

export interface HookPoint {
  setting: SettingName;
  /** `metadata.name`: not always the name of the setting. */
  name: string;
  /** What is read of the answer. */
  fields: Readonly<Record<string, FieldType>>;
  /** What a database function wrote stays although its answer is an error: the reference calls it outside of a transaction. */
  keepsWrites: boolean;
}

const DECISION = { decision: 'string', message: 'string' } as const;

/** The points where this server asks somebody else (hooks.md §1). */
export const HOOK_POINTS: Readonly<Record<HookName, HookPoint>> = {
  custom_access_token: {
    setting: 'customAccessToken',
    name: 'customize-access-token',
    fields: { claims: 'object' },
    keepsWrites: false,
  },
  mfa_verification_attempt: {
    setting: 'mfaVerificationAttempt',
    name: 'mfa-verification',
    fields: DECISION,
    keepsWrites: false,
  },
  password_verification_attempt: {
    setting: 'passwordVerificationAttempt',
    name: 'password-verification',
    fields: { ...DECISION, should_logout_user: 'boolean' },
    keepsWrites: false,
  },
  send_sms: { setting: 'sendSms', name: 'send-sms', fields: {}, keepsWrites: false },
  send_email: { setting: 'sendEmail', name: 'send-email', fields: {}, keepsWrites: false },
  before_user_created: { setting: 'beforeUserCreated', name: 'before-user-created', fields: {}, keepsWrites: true },
  after_user_created: { setting: 'afterUserCreated', name: 'after-user-created', fields: {}, keepsWrites: true },
};
