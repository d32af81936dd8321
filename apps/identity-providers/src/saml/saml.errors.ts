import { AuthError } from '@usher/contracts/errors';

export const samlDisabled = (): AuthError => new AuthError('saml_provider_disabled', 'SAML 2.0 is disabled');

export const noSelector = (): AuthError =>
  new AuthError('validation_failed', 'A provider_id or domain needs to be provided');

export const twoSelectors = (): AuthError =>
  new AuthError('validation_failed', 'Only one of provider_id or domain supported');

export const noSuchProvider = (): AuthError => new AuthError('sso_provider_not_found', 'No such SSO provider');

export const noProviderOfDomain = (): AuthError =>
  new AuthError('sso_provider_not_found', 'No SSO provider assigned for this domain');

export const providerDisabled = (): AuthError =>
  new AuthError('sso_provider_disabled', 'SSO Provider is currently disabled');

export const providerOfAnswerDisabled = (): AuthError =>
  new AuthError('sso_provider_disabled', 'SSO Provider assigned for this domain is currently disabled');

export const invalidRequest = (message: string): AuthError => new AuthError('validation_failed', message);

export const relayStateNotFound = (): AuthError =>
  new AuthError('saml_relay_state_not_found', 'SAML RelayState does not exist, try logging in again?');

export const relayStateExpired = (): AuthError =>
  new AuthError('saml_relay_state_expired', 'SAML RelayState has expired. Try logging in again?');

export const unknownIdp = (): AuthError =>
  new AuthError('saml_idp_not_found', 'A SAML connection has not been established with this Identity Provider');

/** What exactly is wrong stays in the log: the answer goes into a URL, and an attacker learns nothing from it. */
export const invalidAssertion = (cause: unknown): AuthError =>
  new AuthError('validation_failed', 'SAML Assertion is not valid', { cause, detail: String(cause) });

export const noUserId = (): AuthError =>
  new AuthError(
    'saml_assertion_no_user_id',
    'SAML Assertion did not contain a persistent Subject Identifier attribute or Subject NameID uniquely identifying this user',
  );

export const noEmail = (): AuthError =>
  new AuthError('saml_assertion_no_email', 'SAML Assertion does not contain an email address');

export const flowUsed = (): AuthError =>
  new AuthError('flow_state_already_used', 'State has already been used', { status: 400 });

/** A rule of sso-saml.md §5.3 that an answer breaks. */
export class BrokenRule extends Error {}
