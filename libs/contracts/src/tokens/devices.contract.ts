import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';

/** What a user agent tells; '' for what it does not. */
export interface Device {
  /** For people: `Safari on iPhone`. */
  name: string;
  browser: string;
  os: string;
  /** `mobile`, `tablet`, `desktop`, `tv` … */
  type: string;
}

/** A session as its user sees it: nothing of it lets anybody in. Times are RFC 3339. */
export interface DeviceSession {
  id: string;
  created_at: string | null;
  /** Of the last refresh, or of the sign-in. */
  last_seen_at: string | null;
  not_after: string | null;
  aal: string | null;
  /** How the user proved who he is, such as `password`; the newest first. */
  methods: string[];
  ip: string | null;
  user_agent: string | null;
  device: Device;
  tag: string | null;
  /** The application that holds it; null for sessions of the user's own. */
  oauth_client_id: string | null;
  /** The session of the request. */
  current: boolean;
}

export interface DeviceSessions {
  sessions: DeviceSession[];
}

/** GET /sessions: those of the bearer that may still be refreshed, last seen first. */
export const listSessions = rpc<{ bearer: Bearer }, DeviceSessions>('tokens', 'list-sessions', { idempotent: true });

/** DELETE /sessions/:id. Errors: `session_not_found` (404) also for one of somebody else. */
export const endOwnSession = rpc<{ bearer: Bearer; sessionId: string }, Record<string, never>>(
  'tokens',
  'end-own-session',
);

/** GET /admin/users/:id/sessions. Errors: `user_not_found`. */
export const listUserSessions = rpc<{ userId: string }, DeviceSessions>('tokens', 'list-user-sessions', {
  idempotent: true,
});

/** DELETE /admin/users/:id/sessions and …/:session_id. Errors: `user_not_found`, `session_not_found` (404). */
export const endUserSessions = rpc<{ userId: string; sessionId: string | null }, { ended: number }>(
  'tokens',
  'end-user-sessions',
);
