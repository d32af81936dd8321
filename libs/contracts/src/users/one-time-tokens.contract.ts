import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { FlowToStart, PkceParameters, SignIn } from '../sign-in.js';
import type { JsonObject } from '../user-object.js';

/** What a request for a code or link answers: the body, and the PKCE flow to record. */
export interface CodeRequested {
  /** `{}` or `{ message_id }`. */
  body: Record<string, string>;
  flow?: FlowToStart;
}

export interface RequestOtpInput extends PkceParameters {
  email?: string;
  phone?: string;
  createUser: boolean;
  data?: JsonObject | null;
  channel?: string;
}

/** POST /otp (accounts.md §18.1). */
export const requestOtp = rpc<RequestOtpInput, CodeRequested>('users', 'request-otp');

/** POST /magiclink (accounts.md §18.2). */
export const requestMagicLink = rpc<PkceParameters & { email?: string; data?: JsonObject | null }, CodeRequested>(
  'users',
  'request-magic-link',
);

/** POST /recover (accounts.md §19.1). */
export const requestRecovery = rpc<PkceParameters & { email?: string }, CodeRequested>('users', 'request-recovery');

/** POST /resend (accounts.md §19.2). */
export const resend = rpc<PkceParameters & { type?: string; email?: string; phone?: string }, CodeRequested>(
  'users',
  'resend',
);

/** GET /reauthenticate (accounts.md §20.3). */
export const reauthenticate = rpc<{ bearer: Bearer }, CodeRequested>('users', 'reauthenticate');

export interface VerifyTokenInput {
  type: string;
  /** A code; with `email` or `phone`. */
  token?: string;
  tokenHash?: string;
  email?: string;
  phone?: string;
}

/** A used token: a sign-in (`type` after the `email` mapping), or the accepted first half of a secure e-mail change. */
export type VerifiedToken = { signIn: SignIn; type: string } | { halfDone: true; type: string };

/** GET and POST /verify (accounts.md §17): uses up the token in one transaction. */
export const verifyToken = rpc<VerifyTokenInput, VerifiedToken>('users', 'verify-token');
