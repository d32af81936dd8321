import type { FactorObject } from '@usher/contracts/user-object';

type FactorType = FactorObject['factor_type'];

/** AMR entry of each type of factor (tokens-and-sessions.md §9.1). */
const METHODS: Record<FactorType, string> = { totp: 'totp', phone: 'mfa/phone', webauthn: 'mfa/webauthn' };

/** Ours: a recovery code stands in for a factor that is lost. */
const RECOVERY = 'mfa/recovery_code';

export interface RaisedSession {
  factorId: string | null;
  /** All methods of the session. */
  methods: readonly string[];
}

export interface KnownFactor {
  id: string;
  type: FactorType;
}

export interface Lowered {
  /** AMR entries that go. */
  dropped: string[];
  aal: 'aal1' | 'aal2';
  factorId: string | null;
}

/**
 * What is left of a session after `removed` is gone and only `remaining` (verified) factors can prove anything; undefined when nothing changes.
 *
 * AMR entries name a type, not a factor: an entry of the removed one's type stays only where the session's last factor is another one of that type.
 * Otherwise the removed factor may have made it, and aal2 would outlive it.
 */
export function lowered(
  session: RaisedSession,
  removed: KnownFactor,
  remaining: readonly KnownFactor[],
): Lowered | undefined {
  const last = remaining.find(({ id }) => id === session.factorId);
  const stillGood = (method: string): boolean => {
    if (method === RECOVERY) return remaining.length > 0;
    if (method === METHODS[removed.type]) return last?.type === removed.type;
    return remaining.some(({ type }) => METHODS[type] === method);
  };
  const second = session.methods.filter((method) => isSecond(method));
  const dropped = second.filter((method) => !stillGood(method));
  const kept = second.filter((method) => !dropped.includes(method));
  const factorId = last?.id ?? remaining.find(({ type }) => kept.includes(METHODS[type]))?.id ?? null;
  if (!dropped.length && factorId === session.factorId) return undefined;
  return { dropped, aal: kept.length ? 'aal2' : 'aal1', factorId: kept.length ? factorId : null };
}

function isSecond(method: string): boolean {
  return method === RECOVERY || Object.values(METHODS).includes(method);
}
