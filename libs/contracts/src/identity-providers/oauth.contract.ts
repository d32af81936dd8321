import { rpc } from '../rpc.js';
import type { PkceParameters } from '../sign-in.js';
import type { ExternalIdentity, Spendable } from '../users/external-accounts.contract.js';

export interface StartOAuthInput extends PkceParameters {
  provider: string;
  /** As given, '' when absent. */
  scopes: string;
  inviteToken: string;
  /** Allowed target after the sign-in. */
  redirectTo: string;
  /** Who is to get the identity, when somebody who is signed in links one by hand. */
  linkTo?: string;
  /** Further parameters of the request, the first value of each: they travel on to the provider. */
  parameters: [string, string][];
}

/** GET /authorize and GET /user/identities/authorize (external-providers.md §3): records the flow, answers where the browser goes. */
export const startOAuth = rpc<StartOAuthInput, { url: string }>('identity-providers', 'start-oauth');

/** A flow that a provider's answer belongs to. */
export interface OAuthFlow {
  id: string;
  provider: string;
  pkce: boolean;
  emailOptional: boolean;
  inviteToken?: string;
  linkTo?: string;
  /** '' when the flow has none. */
  redirectTo: string;
}

/** Looks the flow of a `state` up (§4.1): `bad_oauth_callback`, `bad_oauth_state`, `flow_state_already_used`. */
export const findOAuthFlow = rpc<{ state: string }, OAuthFlow>('identity-providers', 'find-oauth-flow', {
  idempotent: true,
});

export interface ProviderTokens {
  accessToken: string;
  refreshToken?: string;
}

/** Exchanges the provider's code for who it is (§4.2), and claims the flow: of several answers to one state one gets through. */
export const receiveOAuthAnswer = rpc<
  { flowId: string; parameters: [string, string][] },
  { identity: ExternalIdentity; tokens: ProviderTokens }
>('identity-providers', 'receive-oauth-answer');

/** The user of a claimed flow is known: answers the PKCE code, or null when a session is opened at once and the flow is over. */
export const completeOAuthFlow = rpc<
  { flowId: string; userId: string; tokens: ProviderTokens },
  { code: string | null }
>('identity-providers', 'complete-oauth-flow');

/** Gives a claimed flow back after a failure that the person can mend. */
export const releaseOAuthFlow = rpc<{ flowId: string }, Record<string, never>>(
  'identity-providers',
  'release-oauth-flow',
);

export interface VerifyIdTokenInput {
  idToken: string;
  provider: string;
  accessToken: string;
  nonce: string;
  clientId: string;
  issuer: string;
}

/** POST /token?grant_type=id_token up to the account (§11). */
export const verifyIdToken = rpc<
  VerifyIdTokenInput,
  { identity: ExternalIdentity; emailOptional: boolean; spend?: Spendable }
>('identity-providers', 'verify-id-token');
