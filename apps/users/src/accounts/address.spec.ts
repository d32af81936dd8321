import { describe, expect, it } from '@jest/globals';
import { bareNumber, checkChannel, normalizeEmail, normalizePhone } from './address.js';

describe('addresses', () => {
  it.each([
    ['A.B+tag@Example.COM', 'a.b+tag@example.com'],
    ['root@localhost', 'root@localhost'],
  ])('stores %s as %s', (given, stored) => expect(normalizeEmail(given)).toBe(stored));

  it.each(['a', 'a@', '@b', 'a b@c', ' a@b', 'a@b\n', 'a@-b', 'a@b..c', 'ä@b', 'a@\uff42', `${'a'.repeat(250)}@b.com`])(
    'refuses %j as an e-mail address',
    (given) => expect(() => normalizeEmail(given)).toThrow(),
  );

  it('refuses a long hostile address quickly', () => {
    const started = performance.now();
    expect(() => normalizeEmail(`a@${'a.'.repeat(120)}!`)).toThrow();
    expect(performance.now() - started).toBeLessThan(50);
  });

  it('stores digits of a phone number only', () => {
    expect(normalizePhone('+1 555 123 4567')).toBe('15551234567');
    for (const bad of ['', '+', '0155', '1', '1-555', '++1555', '1234567890123456', '15551234567\n'])
      expect(() => normalizePhone(bad)).toThrow('Invalid phone number format');
    expect(bareNumber('+1 5x')).toBe('15x');
  });

  it('knows the channels', () => {
    const rules = { provider: 'vonage', hookEnabled: false };
    expect(checkChannel(undefined, rules)).toBe('sms');
    expect(() => checkChannel('whatsapp', rules)).toThrow('Invalid channel');
    expect(checkChannel('whatsapp', { ...rules, provider: 'twilio' })).toBe('whatsapp');
    expect(checkChannel('pigeon', { ...rules, hookEnabled: true })).toBe('pigeon');
  });
});
