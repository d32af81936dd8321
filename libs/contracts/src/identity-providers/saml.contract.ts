import { rpc } from '../rpc.js';
import type { PkceParameters } from '../sign-in.js';
import type { ExternalIdentity, Spendable } from '../users/external-accounts.contract.js';

/** GET /sso/saml/metadata (sso-saml.md §4). */
export const getSamlMetadata = rpc<{ download: boolean }, { xml: string; cacheControl: string }>(
  'identity-providers',
  'get-saml-metadata',
  { idempotent: true },
);

export interface StartSsoInput extends PkceParameters {
  /** One of the two; '' when absent. */
  providerId: string;
  domain: string;
  /** As given: checked when the answer arrives. */
  redirectTo: string;
}

/** POST /sso (§3): records the request, answers where the browser goes. */
export const startSso = rpc<StartSsoInput, { url: string }>('identity-providers', 'start-sso');

export interface SamlAnswer {
  /** Base64 of the response; '' when absent. */
  response: string;
  relayState: string;
  artifact: string;
}

export interface AcceptedSamlAnswer {
  identity: ExternalIdentity;
  spend: Spendable;
  /** `SessionNotOnOrAfter`, RFC 3339. */
  sessionNotAfter?: string;
  /** As the client, or the identity provider, asked for; not checked yet. */
  redirectTo: string;
  /** The flow that the answer belongs to; absent when nobody asked. */
  flow?: { id: string; pkce: boolean };
}

/** POST /sso/saml/acs up to the account (§5): who the identity provider says has signed in. */
export const acceptSamlAnswer = rpc<SamlAnswer, AcceptedSamlAnswer>('identity-providers', 'accept-saml-answer');

/** The user of the flow is known: answers the PKCE code, or null when a session is opened at once and the flow is over. */
export const completeSsoFlow = rpc<
  { flowId: string; userId: string; sessionNotAfter?: string },
  { code: string | null }
>('identity-providers', 'complete-sso-flow');
