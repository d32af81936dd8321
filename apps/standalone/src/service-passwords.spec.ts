import { describe, expect, it } from '@jest/globals';
import { servicePasswords } from './service-passwords.js';

const url = (role: string) => `postgres://${role}:p%40${role}@db/postgres`;
const roles = ['usher_users', 'usher_tokens', 'usher_identity_providers', 'usher_messenger', 'usher_events'];

describe('passwords of the services', () => {
  it('are those of their URLs', () => {
    expect(servicePasswords(roles.map(url))).toEqual({
      users: 'p@usher_users',
      tokens: 'p@usher_tokens',
      'identity-providers': 'p@usher_identity_providers',
      messenger: 'p@usher_messenger',
      events: 'p@usher_events',
    });
  });

  it('are not guessed', () => {
    expect(() => servicePasswords(roles.slice(1).map(url))).toThrow(
      'USHER_SERVICE_DATABASE_URLS has no URL with a password for the role usher_users.',
    );
    expect(() => servicePasswords(['secret'])).toThrow('USHER_SERVICE_DATABASE_URLS: entry 1 is not a URL.');
  });
});
