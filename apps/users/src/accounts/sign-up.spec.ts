import { describe, expect, it } from '@jest/globals';
import { checkSignUp, obfuscatedUser, signUpIdentityData } from './sign-up.js';

const ID = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

describe('sign-up', () => {
  it('lets data neither pose as an address nor as its proof', () => {
    const hostile = { sub: 'x', email: 'victim@example.com', phone: '1', email_verified: true, phone_verified: true };
    const data = signUpIdentityData(ID, 'phone', '15551234567', { ...hostile, name: 'Ada' });
    expect(data).toEqual({ name: 'Ada', sub: ID, email_verified: false, phone_verified: false });
  });

  it('survives an address in data that is no text', () => {
    const data = signUpIdentityData(ID, 'phone', '15551234567', { email: { $ne: null } });
    expect(data).toEqual({ sub: ID, email_verified: false, phone_verified: false });
  });

  it('wants a password and one address', () => {
    expect(() => checkSignUp({ email: 'a@b' })).toThrow('Signup requires a valid password');
    expect(() => checkSignUp({ email: 'a@b', phone: '1', password: 'secret' })).toThrow('Only an email address');
    expect(() => checkSignUp({ phone: '1', password: 'secret', codeChallenge: 'c' })).toThrow('PKCE not supported');
  });

  it('makes up a user who looks new', () => {
    const user = obfuscatedUser(ID, 'authenticated', 'email', 'a@example.com', { name: 'Ada' }, new Date(0));
    expect(user).toMatchObject({ email: 'a@example.com', phone: '', identities: [], user_metadata: { name: 'Ada' } });
    expect(user).not.toHaveProperty('email_confirmed_at');
  });
});
