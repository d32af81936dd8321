import type { Aal } from '../access-tokens/claims.js';

/** What of a session decides whether it may go on. */
export interface SessionAge {
  created_at: string | null;
  refreshed_at: string | null;
  not_after: string | null;
  aal: string | null;
  tag: string | null;
}

/** ms; null = no limit. */
export interface SessionLimits {
  timebox: number | null;
  inactivityTimeout: number | null;
  allowLowAal: number | null;
}

export type SessionState = 'valid' | 'expired' | 'inactive' | 'low-aal';

const LEVELS = ['aal1', 'aal2', 'aal3'];
const levelOf = (aal: string | null): number => Math.max(0, LEVELS.indexOf(aal ?? ''));

/** ms since 1970; a row without a time is as old as can be. */
const millis = (time: string | null): number => (time === null ? 0 : Date.parse(time));

/**
 * When the session was last refreshed, ms. One that never was counts from its opening, or from when its version 1 token (`tokenUpdatedAt`) was
 * written, if that is later.
 */
export function lastRefresh(session: SessionAge, tokenUpdatedAt: string | null = null): number {
  if (session.refreshed_at !== null) return millis(session.refreshed_at);
  return Math.max(millis(session.created_at), millis(tokenUpdatedAt));
}

/** tokens-and-sessions.md §8.2: the first limit that is passed. `highest` is the level that the user could reach. */
export function sessionState(
  session: SessionAge,
  limits: SessionLimits,
  highest: Aal,
  refreshed: number,
  now: Date,
): SessionState {
  const created = millis(session.created_at);
  const passed = (start: number, limit: number | null): boolean => limit !== null && now.getTime() > start + limit;
  if (session.not_after !== null && now.getTime() > millis(session.not_after)) return 'expired';
  if (passed(created, limits.timebox)) return 'expired';
  if (passed(refreshed, limits.inactivityTimeout)) return 'inactive';
  if (levelOf(session.aal) < levelOf(highest) && passed(created, limits.allowLowAal)) return 'low-aal';
  return 'valid';
}

/** The tag that counts for the single-session rule (§8.4): an unknown one is the first. */
export function effectiveTag(tag: string | null, tags: readonly string[]): string {
  return tag !== null && tags.includes(tag) ? tag : (tags[0] ?? '');
}
