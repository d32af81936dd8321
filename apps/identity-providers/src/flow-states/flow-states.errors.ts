import { AuthError } from '@usher/contracts/errors';

export const flowNotFound = (): AuthError =>
  new AuthError('flow_state_not_found', 'invalid flow state, no valid flow state found');

/** An opened link for which nobody waits; the words name no inner matters, unlike those of the reference. */
export const noFlowOfLink = (): AuthError =>
  new AuthError('flow_state_not_found', 'No associated flow state found', { status: 400 });

export const flowExpired = (): AuthError =>
  new AuthError('flow_state_expired', 'invalid flow state, flow state has expired');

export const badCodeVerifier = (): AuthError =>
  new AuthError('bad_code_verifier', 'code challenge does not match previously saved code verifier');

export const badMethod = (): AuthError =>
  new AuthError('validation_failed', 'code_challenge_method must be s256 or plain');
