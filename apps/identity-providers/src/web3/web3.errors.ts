import { AuthError, oauthError } from '@usher/contracts/errors';

export const web3Disabled = (): AuthError => new AuthError('web3_provider_disabled', 'Web3 provider is disabled');

export const chainDisabled = (label: string): AuthError =>
  new AuthError('web3_provider_disabled', `${label} Web3 provider is disabled`);

export const unsupportedChain = (): AuthError => new AuthError('web3_unsupported_chain', 'Unsupported chain');

export const invalidMessage = (message: string): AuthError => new AuthError('validation_failed', message);

export const refusedMessage = (description: string): AuthError => oauthError('invalid_grant', description);
