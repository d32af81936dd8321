/** The closed list of error codes that cross the bus and reach clients; the number is the HTTP status it has unless the error says otherwise. */
export const ERROR_STATUS = {
  anonymous_provider_disabled: 422,
  bad_code_verifier: 400,
  bad_json: 400,
  bad_jwt: 403,
  bad_oauth_callback: 400,
  bad_oauth_state: 400,
  captcha_failed: 400,
  conflict: 409,
  current_password_invalid: 400,
  current_password_required: 400,
  custom_provider_not_found: 404,
  email_address_invalid: 400,
  email_address_not_authorized: 400,
  email_address_not_provided: 422,
  email_conflict_identity_not_deletable: 422,
  email_exists: 422,
  email_not_confirmed: 400,
  email_provider_disabled: 422,
  events_cursor_expired: 410,
  feature_disabled: 404,
  flow_state_already_used: 422,
  flow_state_expired: 422,
  flow_state_not_found: 404,
  hook_payload_invalid_content_type: 400,
  hook_payload_over_size_limit: 422,
  hook_timeout: 422,
  hook_timeout_after_retry: 422,
  identity_already_exists: 422,
  identity_not_found: 404,
  insufficient_aal: 401,
  invalid_credentials: 400,
  invite_not_found: 403,
  manual_linking_disabled: 404,
  mfa_challenge_expired: 422,
  mfa_factor_name_conflict: 422,
  mfa_factor_not_found: 404,
  mfa_ip_address_mismatch: 422,
  mfa_phone_enroll_not_enabled: 422,
  mfa_phone_verify_not_enabled: 422,
  mfa_recovery_codes_sole_factor: 422,
  mfa_totp_enroll_not_enabled: 422,
  mfa_totp_verify_not_enabled: 422,
  mfa_verification_failed: 422,
  mfa_verification_rejected: 422,
  mfa_verified_factor_exists: 422,
  mfa_webauthn_enroll_not_enabled: 422,
  mfa_webauthn_verify_not_enabled: 422,
  no_authorization: 401,
  not_admin: 403,
  oauth_authorization_not_found: 404,
  oauth_client_not_allowed: 403,
  oauth_client_not_found: 404,
  oauth_client_state_expired: 422,
  oauth_client_state_not_found: 404,
  oauth_consent_not_found: 404,
  oauth_dynamic_client_registration_disabled: 403,
  oauth_invalid_state: 400,
  oauth_provider_not_supported: 400,
  otp_disabled: 422,
  otp_expired: 403,
  over_custom_provider_quota: 400,
  over_email_send_rate_limit: 429,
  over_request_rate_limit: 429,
  over_sms_send_rate_limit: 429,
  passkey_disabled: 404,
  phone_exists: 422,
  phone_not_confirmed: 400,
  phone_provider_disabled: 422,
  provider_disabled: 400,
  provider_email_needs_verification: 400,
  reauthentication_needed: 400,
  reauthentication_not_valid: 422,
  refresh_token_already_used: 400,
  refresh_token_not_found: 400,
  request_entity_too_large: 413,
  request_timeout: 504,
  same_password: 422,
  saml_assertion_no_email: 400,
  saml_assertion_no_user_id: 400,
  saml_entity_id_mismatch: 400,
  saml_idp_already_exists: 422,
  saml_idp_not_found: 404,
  saml_metadata_fetch_failed: 400,
  saml_provider_disabled: 404,
  saml_relay_state_expired: 422,
  saml_relay_state_not_found: 404,
  service_unavailable: 503,
  session_expired: 400,
  session_not_found: 403,
  signup_disabled: 422,
  single_identity_not_deletable: 422,
  sms_send_failed: 422,
  sso_domain_already_exists: 400,
  sso_provider_disabled: 404,
  sso_provider_not_found: 404,
  too_many_enrolled_mfa_factors: 422,
  too_many_passkeys: 422,
  unexpected_audience: 400,
  unexpected_failure: 500,
  user_already_exists: 422,
  user_banned: 403,
  user_not_found: 404,
  user_sso_managed: 422,
  validation_failed: 400,
  weak_password: 422,
  web3_provider_disabled: 422,
  web3_unsupported_chain: 400,
  webauthn_challenge_expired: 400,
  webauthn_challenge_not_found: 400,
  webauthn_credential_exists: 422,
  webauthn_credential_not_found: 404,
  webauthn_verification_failed: 400,
  webhook_delivery_not_found: 404,
  webhook_not_found: 404,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** What a database function of the operator raised to be read by clients; shown in the first format of errors only. */
export interface RaisedError {
  sqlState: string;
  status: number;
  message: string;
}

/** What of an error crosses the bus. Never holds secrets: `message` is shown to the client. */
export interface AuthErrorWire {
  code: ErrorCode | null;
  status: number;
  message: string;
  /** Reasons of `weak_password`. */
  reasons?: string[];
  /** RFC 6749 §5.2: rendered as `{ error, error_description }` with status 400. */
  oauthError?: string;
  /** Response headers that hold although the request failed (`sb-auth-user-id` …). */
  headers?: Record<string, string>;
  raised?: RaisedError;
  /** Finds the log line of an unexpected failure. */
  errorId?: string;
}

export interface AuthErrorOptions {
  status?: number;
  reasons?: string[];
  oauthError?: string;
  headers?: Record<string, string>;
  raised?: RaisedError;
  /** For the log only. */
  detail?: string;
  cause?: unknown;
}

/** An error that a client may see. Whatever else is thrown becomes `unexpected_failure` with a log id. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly status: number;
  readonly reasons?: string[];
  readonly oauthError?: string;
  readonly raised?: RaisedError;
  readonly detail?: string;
  headers?: Record<string, string>;

  /** `code` is null for errors that the reference gives no code (a hook's own answer). */
  constructor(
    readonly code: ErrorCode | null,
    message: string,
    options: AuthErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.status = options.status ?? (code ? ERROR_STATUS[code] : 500);
    this.reasons = options.reasons;
    this.oauthError = options.oauthError;
    this.headers = options.headers;
    this.raised = options.raised;
    this.detail = options.detail;
  }

  toWire(): AuthErrorWire {
    const { code, status, message, reasons, oauthError, headers, raised } = this;
    return { code, status, message, reasons, oauthError, headers, raised };
  }

  static fromWire(wire: AuthErrorWire): AuthError {
    return new AuthError(wire.code, wire.message, wire);
  }
}

/** RFC 6749 §5.2 error, for the token endpoint and the OAuth server. */
export function oauthError(error: string, description: string): AuthError {
  return new AuthError(null, description, { status: 400, oauthError: error });
}
