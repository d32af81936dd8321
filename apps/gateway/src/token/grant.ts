import { AuthError } from '@usher/contracts/errors';
import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import type { LimitName } from '../limits/limit-rules.js';

/** One `grant_type` of POST /token. */
export interface Grant {
  readonly name: string;
  readonly limit: LimitName;
  readonly withCaptcha: boolean;
  run(exchange: Exchange): Promise<Answer>;
}

/** All grants; a feature that adds one adds it here. */
export const GRANTS = Symbol('Grants');

export function unsupportedGrant(): AuthError {
  return new AuthError('invalid_credentials', 'unsupported_grant_type');
}
