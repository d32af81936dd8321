import { rpc } from '../rpc.js';
import type { AuthenticationMethod, SignIn } from '../sign-in.js';
import type { JsonObject, UserObject } from '../user-object.js';

/** An address as a provider reports it. Only `true` means that the provider vouches for it. */
export interface ExternalEmail {
  email: string;
  verified: boolean;
  primary: boolean;
}

/** Somebody as an outside party vouches for: the answer of a social provider, an ID token, a SAML assertion, a signed message. */
export interface ExternalIdentity {
  /** As stored: `github`, `custom:acme`, `sso:<uuid>`, `web3`, or an issuer's URL. */
  provider: string;
  /** The provider's own name of the person; never empty. */
  subject: string;
  emails: ExternalEmail[];
  /** Stored as identity data and, for automatic linking, laid over the user's metadata (external-providers.md §6); `claims.sub` is `subject`. */
  claims: JsonObject;
}

/** A one-time proof that is used up together with its effect, so that a second use finds it spent, also in parallel. */
export interface Spendable {
  /** `id-token`, `saml-assertion`, `web3-message` … */
  purpose: string;
  value: string;
  /** RFC 3339; afterwards the proof is no good by itself. */
  expiresAt: string;
}

export interface LinkOrCreateInput {
  identity: ExternalIdentity;
  /** `oauth`, `sso/saml`, `web3`. */
  method: AuthenticationMethod;
  /** The provider may do without an address. */
  emailOptional: boolean;
  /** Links to this user, whatever the addresses say (external-providers.md §8.2). */
  linkTo?: string;
  /** Hash of an invitation that is accepted by this sign-in (§7). */
  inviteToken?: string;
  spend?: Spendable;
  /** Traits of a further `login` entry in the audit log (web3). */
  loginTraits?: JsonObject;
  /** True when a session is opened at once; false when a code is handed out first, whose exchange records the sign-in. */
  opensSession: boolean;
  /** RFC 3339, handed through to the session (SAML `SessionNotOnOrAfter`). */
  sessionNotAfter?: string;
  /** Calls the after-user-created hook for those who return as well, as the reference's OAuth callback does. */
  afterHookAlways?: boolean;
}

export type LinkDecision = 'account_exists' | 'link_account' | 'create_account' | 'linked_by_hand' | 'invite_accepted';

export interface LinkedAccount {
  decision: LinkDecision;
  signIn: SignIn;
  /** Sessions that others may have opened on the account before its owner came must end, before a new one is opened. */
  endSessions: boolean;
}

/**
 * Finds, links or makes the account of somebody whom an outside party vouches for: rules, hooks, confirmation mail, audit and events, in one transaction.
 * `{ replayed: true }` when `spend` was spent before; nothing is done then. Errors: `signup_disabled`, `user_banned`, `provider_email_needs_verification`,
 * `identity_already_exists`, `email_not_confirmed`, `email_exists`, `invite_not_found`, `validation_failed`, `over_email_send_rate_limit`, a hook's own.
 */
export const linkOrCreateAccount = rpc<LinkOrCreateInput, LinkedAccount | { replayed: true }>(
  'users',
  'link-or-create-account',
);

/** What `linkOrCreateAccount` would do and why, without doing it: for `usher providers test`. */
export const explainLinking = rpc<
  { identity: ExternalIdentity },
  { decision: LinkDecision | 'multiple_accounts'; user: UserObject | null; linkingDomain: string; reason: string }
>('users', 'explain-linking', { idempotent: true });

/** Whether a confirmation token of that hash exists, before somebody is sent to a provider with it. `user_not_found` when not. */
export const checkInvitation = rpc<{ tokenHash: string }, Record<string, never>>('users', 'check-invitation', {
  idempotent: true,
});
