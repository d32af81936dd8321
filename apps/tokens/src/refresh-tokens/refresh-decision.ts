/** Settings that decide on a refresh. */
export interface RefreshRules {
  rotationEnabled: boolean;
  /** ms in which a used token is still accepted. */
  reuseInterval: number;
  /** Version 2 only: always accept used tokens. */
  allowReuse: boolean;
}

export type ReuseCause = 'concurrent-refresh' | 'fail-to-save' | 'always-allow';

export type RefreshDecision =
  /** Give out the next token. */
  | { kind: 'rotate' }
  /** Version 1 within the interval: a second child of a used token. */
  | { kind: 'branch' }
  /** Give out the active token again. `counts`: the session was in use, so its time of inactivity starts anew. */
  | { kind: 'again'; causes: ReuseCause[]; counts: boolean }
  /** A used token came back: end what it belongs to, or only refuse. */
  | { kind: 'reused'; revoke: boolean }
  /** Version 2: a counter that was never given out. */
  | { kind: 'foreign' };

export interface V1Situation {
  token: string;
  revoked: boolean;
  /** ms */
  updatedAt: number;
  /** The session's newest token that is not revoked. */
  active: { token: string; parent: string | null } | null;
  /** The session has gone over to version 2, so that it has no active version 1 token although it lives. */
  upgraded: boolean;
}

/** tokens-and-sessions.md §7.3. Unlike there a family that was revoked stays so: the interval does not open it again. */
export function decideV1(presented: V1Situation, rules: RefreshRules, now: number): RefreshDecision {
  if (!presented.revoked) return { kind: 'rotate' };
  // No limit in time: the client may never have got the answer that held the active token.
  if (presented.active?.parent === presented.token) return { kind: 'again', causes: [], counts: true };
  const alive = presented.active !== null || presented.upgraded;
  const recent = rules.reuseInterval > 0 && now <= presented.updatedAt + rules.reuseInterval;
  if (alive && recent) return { kind: 'branch' };
  return { kind: 'reused', revoke: rules.rotationEnabled };
}

export interface V2Situation {
  counter: bigint;
  sessionCounter: bigint;
  /** ms */
  lastRefresh: number;
}

/** tokens-and-sessions.md §7.4. Only the token before the current one counts as use, so that older ones cannot keep the interval open. */
export function decideV2(presented: V2Situation, rules: RefreshRules, now: number): RefreshDecision {
  const behind = presented.sessionCounter - presented.counter;
  if (behind < 0n) return { kind: 'foreign' };
  if (behind === 0n) return { kind: 'rotate' };
  const recent = Math.abs(now - presented.lastRefresh) < rules.reuseInterval;
  const causes: ReuseCause[] = [
    ...(recent ? (['concurrent-refresh'] as const) : []),
    ...(behind === 1n ? (['fail-to-save'] as const) : []),
    ...(rules.allowReuse ? (['always-allow'] as const) : []),
  ];
  if (causes.length) return { kind: 'again', causes, counts: behind === 1n || rules.allowReuse };
  return { kind: 'reused', revoke: rules.rotationEnabled };
}
