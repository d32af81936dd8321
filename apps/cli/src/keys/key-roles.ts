import type { Jwk } from '@usher/access-tokens/key-set';

/**
 * What a key is for. `standby` is published already, so that everybody knows it when it begins to sign; `previous` verifies the tokens that it signed;
 * `secret` is a shared secret beside them.
 */
export type KeyRole = 'standby' | 'current' | 'previous' | 'secret';

export interface RoledKey {
  role: KeyRole;
  jwk: Jwk;
}

/** In the order of the file: standby, current, previous, the newest first. */
export function withRoles(jwks: readonly Jwk[]): RoledKey[] {
  const current = jwks.findIndex(signs);
  if (current < 0) throw new Error('No key of these signs.');
  return jwks.map((jwk, n) => ({ jwk, role: roleAt(jwk, n, current) }));
}

function roleAt(jwk: Jwk, n: number, current: number): KeyRole {
  if (n === current) return 'current';
  if (jwk.kty === 'oct') return 'secret';
  return n < current ? 'standby' : 'previous';
}

const signs = ({ key_ops }: Jwk): boolean => key_ops?.includes('sign') ?? false;

/** The standby key signs, the current one verifies only, and `fresh` stands by. */
export function rotated(jwks: readonly Jwk[], fresh: Jwk): Jwk[] {
  const keys = withRoles(jwks);
  const standby = keys.filter(({ role }) => role === 'standby').at(-1);
  if (!standby)
    throw new Error('There is no standby key: add one with `usher keys generate`, and rotate when all know it.');
  const rest = keys.filter((key) => key !== standby).map(({ jwk }) => jwk);
  const others = rest.filter((jwk) => !signs(jwk));
  const before = rest.filter(signs).map(verifying);
  const waiting = others.filter((jwk) => keys.some((key) => key.jwk === jwk && key.role === 'standby'));
  const past = others.filter((jwk) => !waiting.includes(jwk));
  return [verifying(fresh), ...waiting, signing(standby.jwk), ...before, ...past];
}

export function signing(jwk: Jwk): Jwk {
  return { ...jwk, key_ops: ['sign', 'verify'] };
}

export function verifying(jwk: Jwk): Jwk {
  return { ...jwk, key_ops: ['verify'] };
}

/** Without a key that signs no more. */
export function without(jwks: readonly Jwk[], kid: string): Jwk[] {
  const key = withRoles(jwks).find(({ jwk }) => jwk.kid === kid);
  if (!key) throw new Error(`There is no key ${kid}.`);
  if (key.role === 'current') throw new Error('This key signs: rotate first.');
  return jwks.filter((jwk) => jwk !== key.jwk);
}

/** When a key of ours was made: its id is a UUIDv7, which begins with the time in ms (RFC 9562 §5.7). */
export function madeAt({ kid = '' }: Jwk): Date | null {
  const time = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(kid);
  return time ? new Date(Number.parseInt(time[1]! + time[2]!, 16)) : null;
}
