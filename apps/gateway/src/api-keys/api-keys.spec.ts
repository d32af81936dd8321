import { describe, expect, it } from '@jest/globals';
import { translateKey } from './api-keys.js';

const KEYS = {
  publishable: 'sb_publishable_a',
  secret: 'sb_secret_b',
  anon: 'anon.jwt.x',
  serviceRole: 'service.jwt.y',
};
const NONE = { publishable: '', secret: '', anon: '', serviceRole: '' };
const request = (apiKey: string, authorization = '', path = '/token') => ({ path, authorization, apiKey });

describe('an API key', () => {
  it('stands for the token of its role', () => {
    expect(translateKey(KEYS, request('sb_secret_b'))).toBe('Bearer service.jwt.y');
    expect(translateKey(KEYS, request('sb_publishable_a', 'Bearer sb_publishable_a'))).toBe('Bearer anon.jwt.x');
    expect(translateKey(KEYS, request('', 'Bearer sb_secret_b'))).toBe('Bearer service.jwt.y');
    expect(translateKey(KEYS, request('anon.jwt.x'))).toBe('Bearer anon.jwt.x');
  });

  it("leaves a user's token as it is", () => {
    expect(translateKey(KEYS, request('sb_publishable_a', 'Bearer user.jwt'))).toBe('Bearer user.jwt');
  });

  it('takes a bare token for a bearer', () => {
    expect(translateKey(KEYS, request('anon.jwt.x', 'service.jwt.y'))).toBe('Bearer service.jwt.y');
  });

  it('is needed where there are keys, but for what browsers open', () => {
    expect(() => translateKey(KEYS, request('', 'Bearer user.jwt'))).toThrow('Invalid API key');
    expect(() => translateKey(KEYS, request('sb_secret_c'))).toThrow('Invalid API key');
    expect(translateKey(KEYS, request('', '', '/verify'))).toBe('');
    expect(translateKey(NONE, request(''))).toBe('');
  });
});
