import { describe, expect, it } from '@jest/globals';
import { decideV1, decideV2, type RefreshRules, type V1Situation } from './refresh-decision.js';

const STRICT: RefreshRules = { rotationEnabled: true, reuseInterval: 0, allowReuse: false };
const LENIENT: RefreshRules = { ...STRICT, reuseInterval: 10_000 };
const FIXED: RefreshRules = { ...STRICT, rotationEnabled: false };
const NOW = 1_000_000_000;
const child = { token: 'child', parent: 'mine' };
const grandchild = { token: 'grandchild', parent: 'child' };

describe('version 1 (§7.3)', () => {
  const mine = (part: Partial<V1Situation>): V1Situation => ({
    ...{ token: 'mine', revoked: true, updatedAt: NOW, active: null, upgraded: false },
    ...part,
  });

  it.each<[string, Partial<V1Situation>, RefreshRules, object]>([
    ['an active token rotates', { revoked: false }, STRICT, { kind: 'rotate' }],
    [
      'the parent of the active one gives it again',
      { active: child, updatedAt: 0 },
      STRICT,
      { kind: 'again', causes: [], counts: true },
    ],
    [
      'an older one in the interval branches',
      { active: grandchild, updatedAt: NOW - 10_000 },
      LENIENT,
      { kind: 'branch' },
    ],
    [
      'after the interval it is reuse',
      { active: grandchild, updatedAt: NOW - 10_001 },
      LENIENT,
      { kind: 'reused', revoke: true },
    ],
    ['without interval it is reuse at once', { active: grandchild }, STRICT, { kind: 'reused', revoke: true }],
    ['without rotation nothing is revoked', { active: grandchild }, FIXED, { kind: 'reused', revoke: false }],
    ['a revoked family stays closed in the interval', {}, LENIENT, { kind: 'reused', revoke: true }],
    ['an upgraded session lives on in the interval', { upgraded: true }, LENIENT, { kind: 'branch' }],
    [
      'an upgraded session refuses it afterwards',
      { upgraded: true, updatedAt: 0 },
      LENIENT,
      { kind: 'reused', revoke: true },
    ],
  ])('%s', (_title, part, rules, expected) => expect(decideV1(mine(part), rules, NOW)).toEqual(expected));
});

describe('version 2 (§7.4)', () => {
  const always = { ...STRICT, allowReuse: true };

  it.each<[string, bigint, number, RefreshRules, object]>([
    ['ahead of the session', -1n, 0, STRICT, { kind: 'foreign' }],
    ['the current one', 0n, 0, STRICT, { kind: 'rotate' }],
    ['one behind, long ago', 1n, 0, STRICT, { kind: 'again', causes: ['fail-to-save'], counts: true }],
    [
      'one behind, just now',
      1n,
      NOW,
      LENIENT,
      { kind: 'again', causes: ['concurrent-refresh', 'fail-to-save'], counts: true },
    ],
    [
      'two behind in the interval',
      2n,
      NOW - 9_999,
      LENIENT,
      { kind: 'again', causes: ['concurrent-refresh'], counts: false },
    ],
    ['two behind after it', 2n, NOW - 10_000, LENIENT, { kind: 'reused', revoke: true }],
    ['two behind without interval', 2n, NOW, STRICT, { kind: 'reused', revoke: true }],
    ['two behind without rotation', 2n, NOW, FIXED, { kind: 'reused', revoke: false }],
    ['far behind where reuse is allowed', 9n, 0, always, { kind: 'again', causes: ['always-allow'], counts: true }],
  ])('%s', (_title, behind, lastRefresh, rules, expected) =>
    expect(decideV2({ counter: 10n - behind, sessionCounter: 10n, lastRefresh }, rules, NOW)).toEqual(expected),
  );
});
