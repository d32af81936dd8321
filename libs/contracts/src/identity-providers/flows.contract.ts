import { rpc } from '../rpc.js';
import type { FlowToStart } from '../sign-in.js';

/** Records a PKCE flow (accounts.md §9.5); the code is issued when the link is used. */
export const startFlow = rpc<FlowToStart, Record<string, never>>('identity-providers', 'start-flow');

/** Issues the code of the user's newest flow with that method: GET /verify with a `pkce_` token (accounts.md §17.2). */
export const issueCode = rpc<{ userId: string; method: string }, { code: string }>('identity-providers', 'issue-code');

export interface RedeemedCode {
  userId: string;
  method: string;
  providerType: string;
  providerToken?: string;
  providerRefreshToken?: string;
  /** Set by the identity provider of single sign-on, RFC 3339. */
  sessionNotAfter?: string;
}

/** POST /token?grant_type=pkce up to the session (accounts.md §16.3): single use, also in parallel. */
export const redeemCode = rpc<{ authCode: string; codeVerifier: string }, RedeemedCode>(
  'identity-providers',
  'redeem-code',
);
