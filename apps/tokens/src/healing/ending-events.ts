import type { SessionEndingEvent } from '../sessions/session-endings.service.js';

/** An event as it lies in the feed. */
export interface FedEvent {
  position: number;
  type: string;
  subject_id: string;
  version: number;
  /** Session of the request that caused it. */
  session_id: string | null;
}

/** After which events of a user sessions must not go on. A ban is not among them: it is looked at whenever a session is used, and passes. */
const REASONS: Readonly<Record<string, string>> = {
  'user.password_changed': 'password_changed',
  'user.deleted': 'user_deleted',
};

export const ENDING_TYPES: readonly string[] = Object.keys(REASONS);

/** tokens-and-sessions.md §10: who changes his own password keeps the session in which he does it. */
export function toEnding({ type, subject_id: userId, version, session_id: keepId }: FedEvent): SessionEndingEvent {
  return { userId, version, keepId: type === 'user.deleted' ? null : keepId, reason: REASONS[type]! };
}
