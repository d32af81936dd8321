import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { FlowStateRow } from './flow-state.entity.js';
import { challengeMethod, checkExpiry, checkVerifier } from './flow-state.js';

const VERIFIER = 'v'.repeat(43);

const flow = (changes: Partial<FlowStateRow> = {}): FlowStateRow => ({
  id: 'f',
  user_id: 'u',
  auth_code: 'c',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 's256',
  provider_type: 'email',
  provider_access_token: '',
  provider_refresh_token: '',
  authentication_method: 'recovery',
  created_at: '2026-01-01T00:00:00Z',
  auth_code_issued_at: '2026-01-01T01:00:00Z',
  ...changes,
});

describe('a verifier', () => {
  it('fits its challenge only', () => {
    expect(() => checkVerifier(flow(), VERIFIER)).not.toThrow();
    expect(() => checkVerifier(flow(), 'w'.repeat(43))).toThrow('code challenge does not match');
    const plain = flow({ code_challenge_method: 'plain', code_challenge: VERIFIER });
    expect(() => checkVerifier(plain, VERIFIER)).not.toThrow();
    expect(() => checkVerifier(plain, VERIFIER.toUpperCase())).toThrow();
  });

  it('fits no flow without a challenge', () => {
    expect(() => checkVerifier(flow({ code_challenge: null, code_challenge_method: null }), '')).toThrow();
  });
});

describe('a flow', () => {
  const at = (time: string) => new Date(`2026-01-01T${time}Z`);

  it('lives from its request', () => {
    expect(() => checkExpiry(flow(), at('00:05:00'), 300_000)).not.toThrow();
    expect(() => checkExpiry(flow(), at('00:05:01'), 300_000)).toThrow('flow state has expired');
  });

  it('of a magic link lives from the opening of the link', () => {
    const magicLink = flow({ authentication_method: 'magiclink' });
    expect(() => checkExpiry(magicLink, at('01:05:00'), 300_000)).not.toThrow();
    expect(() => checkExpiry(magicLink, at('01:05:01'), 300_000)).toThrow();
  });
});

it('knows the two methods in any case', () => {
  expect([challengeMethod('S256'), challengeMethod('Plain')]).toEqual(['s256', 'plain']);
  expect(() => challengeMethod('md5')).toThrow();
});
