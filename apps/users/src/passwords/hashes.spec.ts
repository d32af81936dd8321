import { describe, expect, it } from '@jest/globals';
import { readSettings } from '@usher/runtime/settings/settings';
import { hashKind } from './hash-kind.js';
import { HashQueue } from './hash-queue.js';
import { PasswordHasher } from './password-hasher.service.js';

const hasher = (environment: Record<string, string> = {}): PasswordHasher => {
  const required = {
    GOTRUE_SITE_URL: 'http://localhost',
    API_EXTERNAL_URL: 'http://localhost',
    GOTRUE_DB_DRIVER: 'postgres',
    DATABASE_URL: 'postgres://localhost/x',
    GOTRUE_JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
  };
  return new PasswordHasher(readSettings({ ...required, ...environment }));
};

const IMPORTED = [
  ['test', '$argon2i$v=19$m=16,t=2,p=1$bGJRWThNOHJJTVBSdHl2dQ$NfEnUOuUpb7F2fQkgFUG4g'],
  ['test', '$argon2id$v=19$m=32,t=3,p=2$SFVpOWJ0eXhjRzVkdGN1RQ$RXnb8rh7LaDcn07xsssqqulZYXOM/EUCEFMVcAcyYVk'],
  ['test', '$2y$10$srNl09aPtc2qr.0Vl.NtjekJRt/NxRxYQm3qd3OvfcKsJgVnr6.Ve'],
  [
    'mytestpassword',
    '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14J3MjKj1b2g6AUCAlFwMw==$C0sHCg9ek77hsg==$zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw==',
  ],
] as const;

describe('hashes', () => {
  it.each(IMPORTED)('verifies an imported hash of %s', async (password, stored) => {
    expect(await hasher().verify(password, stored)).toBe(true);
    expect(await hasher().verify(`${password}x`, stored)).toBe(false);
  });

  it('writes what the reference writes', async () => {
    const stored = await hasher().hash('secret');
    expect(stored).toMatch(/^\$2a\$10\$.{53}$/);
    expect(await hasher().verify('secret', stored)).toBe(true);
  });

  it('never takes more than 72 bytes for the same password', async () => {
    const stored = await hasher().hash('a'.repeat(72));
    expect(await hasher().verify('a'.repeat(72), stored)).toBe(true);
    expect(await hasher().verify('a'.repeat(73), stored)).toBe(false);
  });

  it('tells passwords with NUL apart', async () => {
    const stored = await hasher().hash('secret\u0000one');
    expect(await hasher().verify('secret\u0000two', stored)).toBe(false);
    expect(await hasher().verify('secret', stored)).toBe(false);
  });

  it('replaces bcrypt where argon2id is wanted', async () => {
    const modern = hasher({ USHER_PASSWORD_HASH: 'argon2id' });
    const stored = await modern.hash('secret');
    expect(stored).toMatch(/^\$argon2id\$/);
    expect([modern.isOutdated(stored), modern.isOutdated(IMPORTED[2][1])]).toEqual([false, true]);
  });

  it.each([
    '',
    'plain',
    '{"key_id":"x"}',
    '$2a$32$srNl09aPtc2qr.0Vl.NtjekJRt/NxRxYQm3qd3OvfcKsJgVnr6.Ve',
    '$argon2id$v=19$m=4194304,t=100,p=1$aaaa$bbbb',
    '$argon2id$v=19$m=32,t=0,p=2$aaaa$bbbb',
    '$argon2d$v=19$m=32,t=3,p=2$aaaa$bbbb',
    '$fbscrypt$v=1,n=30,r=8,p=1,sk=aaaa$aaaa$bbbb',
  ])('takes %j for no hash, without spending time on it', async (stored) => {
    expect(hashKind(stored)).toBeNull();
    expect(await hasher().verify('x', stored)).toBe(false);
  });

  it('lets a bounded number run, in order, and refuses a crowd', async () => {
    const queue = new HashQueue(1);
    const order: number[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const all = Array.from({ length: 65 }, (_, i) => queue.run(() => gate.then(() => void order.push(i))));
    await expect(queue.run(() => gate)).rejects.toMatchObject({ code: 'service_unavailable', status: 503 });
    open();
    await Promise.all(all);
    expect(order).toEqual(Array.from({ length: 65 }, (_, i) => i));
    await expect(queue.run(async () => 'free')).resolves.toBe('free');
  });
});
