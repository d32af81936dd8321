import type { UserObject } from './user-object.js';

/** How a session came about (tokens-and-sessions.md §9.1). */
export type AuthenticationMethod = string;

/**
 * What a service that has authenticated a user hands to `tokens.open-session`: the user as it is after the sign-in was written
 * (`last_sign_in_at` included), so that opening the session needs no further read.
 */
export interface SignIn {
  user: UserObject;
  method: AuthenticationMethod;
  isSsoUser: boolean;
  /** SAML `SessionNotOnOrAfter`, RFC 3339. */
  notAfter?: string;
  providerToken?: string;
  providerRefreshToken?: string;
}

/** A PKCE flow that the gateway has to record with `identity-providers.start-flow` (accounts.md §9.5). */
export interface FlowToStart {
  userId: string;
  /** `email/signup`, `magiclink`, `recovery`, `email_change`, `invite` … */
  method: AuthenticationMethod;
  providerType: string;
  codeChallenge: string;
  /** As given by the client; `s256` or `plain` in any case. */
  codeChallengeMethod: string;
}

/** The answer of a step that either ends the flow with a body, or goes on to a session. */
export type SignInOutcome = { signIn: SignIn } | { body: UserObject | Record<string, unknown>; flow?: FlowToStart };

export interface PkceParameters {
  codeChallenge?: string;
  codeChallengeMethod?: string;
}
