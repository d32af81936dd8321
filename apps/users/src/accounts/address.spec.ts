import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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

  it('the stored form of an e-mail address is stored as it is, whatever the case it came in', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (given) => {
        const stored = normalizeEmail(given);
        expect(normalizeEmail(stored)).toBe(stored);
        expect(normalizeEmail(given.toUpperCase())).toBe(stored);
        expect(normalizeEmail(given.toLowerCase())).toBe(stored);
      }),
    );
  });

  it('any text is either an address or refused, and never stored with space, control or NUL', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: 'binary' }).map((s) => `${s}@example.com`),
        ),
        (given) => {
          let stored: string;
          try {
            stored = normalizeEmail(given);
          } catch (error) {
            expect(error).toMatchObject({ code: 'validation_failed', status: 400 });
            return;
          }
          expect(stored).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/);
        },
      ),
    );
  });

  it('a phone number is the same with and without plus and spaces', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{1,14}$/);
    fc.assert(
      fc.property(digits, fc.array(fc.nat(14)), fc.boolean(), (number, gaps, plus) => {
        const spaced = gaps.reduce((text, at) => `${text.slice(0, at)} ${text.slice(at)}`, number);
        expect(normalizePhone(plus ? `+${number}` : number)).toBe(number);
        expect(normalizePhone(spaced)).toBe(number);
      }),
    );
  });

  it('any other text is no phone number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        fc.pre(!/^\+?[ ]*[1-9][0-9 ]*$/.test(given));
        expect(() => normalizePhone(given)).toThrow('Invalid phone number format');
      }),
    );
  });
});
