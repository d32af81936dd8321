import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { AuthEvent } from '@usher/contracts/events/event';
import { Webhook } from 'standardwebhooks';
import { concurrency, openUntil } from './circuit-breaker.js';
import { checkFields, checkSecret, checkTypes, checkUrl } from './endpoint-input.js';
import { newKeys, publicKeyOf, rotated, signatureHeaders, valid } from './endpoint-keys.js';
import { project } from './projection.js';
import { nextAttempt } from './retry-schedule.js';

const now = new Date('2026-11-25T12:00:00Z');
const seconds = (date?: Date): number => ((date?.getTime() ?? NaN) - now.getTime()) / 1000;

/** As a receiver does it that has nothing but the `whpk_…` key. */
function verifyEd25519(content: string, signature: string, publicKey: string): boolean {
  const x = Buffer.from(publicKey.slice(5), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64'));
}

describe('signatures', () => {
  const message = { id: 'msg_1', timestamp: Math.floor(Date.now() / 1000), body: '{"a":"é"}' };

  it('are taken by the standardwebhooks package and by Ed25519', () => {
    const keys = newKeys();
    const headers = signatureHeaders(message, [keys]);
    expect(new Webhook(keys.secret).verify(message.body, headers)).toEqual({ a: 'é' });
    const v1a = headers['webhook-signature']!.split(' ')[1]!;
    expect(v1a.startsWith('v1a,')).toBe(true);
    const content = `${message.id}.${message.timestamp}.${message.body}`;
    expect(verifyEd25519(content, v1a.slice(4), publicKeyOf(keys))).toBe(true);
    expect(verifyEd25519(`${content} `, v1a.slice(4), publicKeyOf(keys))).toBe(false);
  });

  it('are made by the former keys too until their time is over', () => {
    const former = newKeys();
    const keys = rotated([former], now, 60_000);
    const headers = signatureHeaders(message, valid(keys, now));
    for (const { secret } of keys) expect(() => new Webhook(secret).verify(message.body, headers)).not.toThrow();
    const later = valid(keys, new Date(now.getTime() + 60_001));
    expect(later.map(({ secret }) => secret)).toEqual([keys[0]!.secret]);
  });
});

describe('retries', () => {
  it('go on for days with growing pauses, then end', () => {
    const pauses = Array.from({ length: 11 }, (_, n) => seconds(nextAttempt(n + 1, now, 0)));
    expect(pauses.slice(0, 10)).toEqual([5, 30, 120, 600, 3600, 10800, 21600, 43200, 86400, 86400]);
    expect(pauses[10]).toBeNaN();
    expect(seconds(nextAttempt(1, now, 1))).toBe(6);
  });

  it('wait as long as the receiver asks, at most a day', () => {
    expect(seconds(nextAttempt(1, now, 0, 90_000))).toBe(90);
    expect(seconds(nextAttempt(1, now, 0, 1e12))).toBe(86_400);
  });
});

describe('the circuit breaker', () => {
  it('leaves a receiver alone after five failures, and lets one call at a time try it', () => {
    expect(openUntil(4, now, 0)).toBeUndefined();
    expect([5, 6, 7, 40].map((failures) => seconds(openUntil(failures, now, 0)))).toEqual([5, 10, 20, 300]);
    expect([concurrency(4, 16), concurrency(5, 16)]).toEqual([16, 1]);
  });
});

describe('an endpoint', () => {
  it.each([
    undefined,
    '',
    'x',
    'ftp://a.example',
    'http://a.example/',
    'https://u:p@a.example/',
    `https://a/${'x'.repeat(2_048)}`,
  ])('cannot be at %s', (url) => {
    expect(() => checkUrl(url, [])).toThrow(/url must/);
  });

  it('may be without TLS on a host that the operator vouches for', () => {
    expect(checkUrl('http://hooks.internal/x#y', ['hooks.internal'])).toBe('http://hooks.internal/x');
  });

  it('has filters of a known form and a secret of a safe length', () => {
    expect([checkTypes(undefined), checkTypes(['user.*'])]).toEqual([['*'], ['user.*']]);
    expect(() => checkTypes(["user.created'; --"])).toThrow();
    expect(() => checkTypes(['user.created,session.*'])).toThrow();
    expect(() => checkFields(['a b'])).toThrow();
    expect(() => checkSecret('whsec_c2hvcnQ=')).toThrow();
    expect(checkSecret(`whsec_${Buffer.alloc(24).toString('base64')}`)).toBeDefined();
  });
});

describe('fields of an endpoint', () => {
  it('are what is left of record and previous', () => {
    const event = {
      id: 'e',
      data: {
        record: { id: 'u', email: 'a@b', phone: '1', app_metadata: { plan: 'pro', internal: 1 } },
        previous: { email: 'x@y', phone: '2' },
        changed: ['email', 'phone'],
        context: {},
      },
    } as unknown as AuthEvent;
    expect(project(event, ['email', 'app_metadata.plan', '__proto__']).data).toEqual({
      record: { id: 'u', email: 'a@b', app_metadata: { plan: 'pro' } },
      previous: { email: 'x@y' },
      changed: ['email'],
      context: {},
    });
  });
});
