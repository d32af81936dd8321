import type { JsonObject, UserObject } from '@usher/contracts/user-object';

/** What is known of every call; goes before the payload of the hook (hooks.md §6). */
export interface HookMetadata {
  metadata: { uuid: string; time: string; name: string; ip_address?: string };
}

export interface CustomAccessTokenPayload {
  user_id: string;
  claims: JsonObject;
  authentication_method: string;
}
/** `claims` is null or absent when the hook gave none. */
export interface CustomAccessTokenOutput {
  claims?: JsonObject | null;
}

export interface MfaVerificationPayload {
  user_id: string;
  factor_id: string;
  factor_type: string;
  valid: boolean;
}
/** Only `reject` ends the attempt; '' and everything else let the real result stand. */
export interface MfaVerificationOutput {
  decision?: string | null;
  message?: string | null;
}

export interface PasswordVerificationPayload {
  user_id: string;
  valid: boolean;
}
export interface PasswordVerificationOutput extends MfaVerificationOutput {
  should_logout_user?: boolean | null;
}

export interface SendSmsPayload {
  user: UserObject;
  /** `phone` is the destination, without `+`; `sms_type` only for second factors. */
  sms: { otp: string; sms_type?: 'mfa'; phone: string };
}

export interface SendEmailPayload {
  user: UserObject;
  email_data: EmailData;
}
/** Every member is there, '' where it has no meaning. */
export interface EmailData {
  token: string;
  token_hash: string;
  redirect_to: string;
  email_action_type: string;
  /** Public URL of this server, in spite of the name. */
  site_url: string;
  token_new: string;
  token_hash_new: string;
  old_email: string;
  old_phone: string;
  provider: string;
  factor_type: string;
}

export interface UserCreatedPayload {
  user: UserObject;
}

export interface HookPayloads {
  custom_access_token: CustomAccessTokenPayload;
  mfa_verification_attempt: MfaVerificationPayload;
  password_verification_attempt: PasswordVerificationPayload;
  send_sms: SendSmsPayload;
  send_email: SendEmailPayload;
  before_user_created: UserCreatedPayload;
  after_user_created: UserCreatedPayload;
}
export type HookName = keyof HookPayloads;
export type HookPayload = HookPayloads[HookName];
