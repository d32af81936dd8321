import { describe, expect, it } from '@jest/globals';
import { checkPassword, chosenId, firstAppMetadata, firstUserMetadata } from './new-admin-user.js';

const ID = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

describe('the id of a new user', () => {
  it.each([ID, ID.toUpperCase(), `{${ID}}`, `urn:uuid:${ID}`, ID.replaceAll('-', '')])('may be written as %s', (id) => {
    expect(chosenId(id)).toBe(ID);
  });

  it.each(['1', `{${ID}`, `${ID}}`, `${ID} `])('is not %j', (id) => {
    expect(() => chosenId(id)).toThrow('ID must conform to the uuid v4 format');
  });

  it('is not nil', () => {
    expect(() => chosenId('00000000-0000-0000-0000-000000000000')).toThrow('ID cannot be a nil uuid');
  });
});

describe('the password of a new user', () => {
  const bcrypt = '$2a$10$U4vVp2T9pXzq5F1u5ZOuLuWm5Y4m6c3m8mJ7qf7Kp2m8bLx1QbQ6W';

  it('may be weak, or a hash', () => {
    expect(() => checkPassword({ password: '1' })).not.toThrow();
    expect(() => checkPassword({ passwordHash: bcrypt })).not.toThrow();
  });

  it('is not both, too long, or a hash that nothing could be verified against', () => {
    expect(() => checkPassword({ password: '', passwordHash: bcrypt })).toThrow('Only a password or a password hash');
    expect(() => checkPassword({ password: 'x'.repeat(73) })).toThrow('Password cannot be longer');
    expect(() => checkPassword({ passwordHash: 'secret' })).toThrow('unknown or unsupported format');
    const greedy = '$argon2id$v=19$m=99999999,t=3,p=2$SFVpOWJ0eXhjRzVkdGN1RQ$RXnb8rh7LaDcn07xsssqqulZYXOM';
    expect(() => checkPassword({ passwordHash: greedy })).toThrow('unknown or unsupported format');
  });
});

describe('metadata of a new user', () => {
  it('name the providers, unless the caller says otherwise', () => {
    expect(firstAppMetadata(['email', 'phone'], { plan: 'gold', none: null })).toEqual({
      ...{ provider: 'email', providers: ['email', 'phone'], plan: 'gold' },
    });
    expect(firstAppMetadata(['email'], { provider: 'legacy' })).toMatchObject({ provider: 'legacy' });
  });

  it('tell of a confirmed address', () => {
    expect(firstUserMetadata({ name: 'Ada', none: null }, true)).toEqual({
      name: 'Ada',
      none: null,
      email_verified: true,
    });
    expect(firstUserMetadata(undefined, false)).toEqual({});
  });
});
