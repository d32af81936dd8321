import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { FlowToStart, PkceParameters, SignIn, SignInOutcome } from '../sign-in.js';
import type { JsonObject, UserObject } from '../user-object.js';

export interface SignUpInput extends PkceParameters {
  email?: string;
  phone?: string;
  password?: string;
  data?: JsonObject | null;
  channel?: string;
}

/** POST /signup (accounts.md §15.3). */
export const signUp = rpc<SignUpInput, SignInOutcome>('users', 'sign-up');

/** POST /signup without address (accounts.md §15.6). */
export const signUpAnonymously = rpc<{ data?: JsonObject | null }, { signIn: SignIn }>('users', 'sign-up-anonymously');

export interface VerifyPasswordInput {
  email?: string;
  phone?: string;
  password: string;
}

export interface WeakPassword {
  message: string;
  reasons: string[];
}

/** POST /token?grant_type=password up to the session (accounts.md §16.1). */
export const verifyPassword = rpc<VerifyPasswordInput, { signIn: SignIn; weakPassword: WeakPassword | null }>(
  'users',
  'verify-password',
);

/** GET /user (accounts.md §20.1): one query that also checks session and ban. The reply is the user's JSON. */
export const getCurrentUser = rpc<{ bearer: Bearer }, UserObject>('users', 'get-current-user', { idempotent: true });

export interface UpdateCurrentUserInput extends PkceParameters {
  bearer: Bearer;
  email?: string;
  phone?: string;
  channel?: string;
  /** Present (also empty) means: change the password. */
  password?: string;
  currentPassword?: string;
  nonce?: string;
  data?: JsonObject;
  appMetadata?: JsonObject;
}

/** PUT /user (accounts.md §20.2). */
export const updateCurrentUser = rpc<
  UpdateCurrentUserInput,
  { user: UserObject; flow?: FlowToStart; endOtherSessions: boolean }
>('users', 'update-current-user');

/** The check of §4.3 alone, for routes whose work another service does: session and ban. */
export const authenticate = rpc<{ bearer: Bearer }, { userId: string; sessionId: string | null }>(
  'users',
  'authenticate',
  { idempotent: true },
);

/** A sign-in that another service has proved (PKCE code, id token, passkey …): ban check, `last_sign_in_at`, audit entry, event. */
export const recordSignIn = rpc<
  { userId: string; method: string; auditTraits?: JsonObject; notAfter?: string },
  { signIn: SignIn }
>('users', 'record-sign-in');
