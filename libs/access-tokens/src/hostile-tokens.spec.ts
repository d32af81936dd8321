import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { buildKeySet, type Jwk, type KeySet } from './key-set.js';
import { signJwt } from './sign-jwt.js';
import { InvalidToken, verifyJwt } from './verify-jwt.js';

const SECRET = 'a-secret-that-is-long-enough-for-the-tests';
const NOW = new Date(1_800_000_000_000);
const CLAIMS = { sub: 'x', exp: 1_800_000_060 };

const ec = (kid: string, ops: string[]): Jwk => ({
  ...(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as Jwk),
  ...{ kid, alg: 'ES256', key_ops: ops },
});
const oct: Jwk = {
  kty: 'oct',
  k: Buffer.from(SECRET).toString('base64url'),
  alg: 'HS256',
  kid: 'old',
  key_ops: ['verify'],
};
const keySet = (...jwks: Jwk[]): KeySet => buildKeySet({ secret: SECRET, keyId: '', jwks, validMethods: [] });
const keys = keySet(ec('one', ['sign', 'verify']), oct);
const [HEAD, BODY, TAIL] = signJwt(keys, CLAIMS).split('.') as [string, string, string];

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const hs256 = (header: unknown, key: string | Buffer = SECRET, claims: unknown = CLAIMS): string => {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
};
const refused = (token: string, set = keys): void => {
  expect(() => verifyJwt(set, token, NOW)).toThrow(InvalidToken);
};

describe('hostile tokens (security-checklist.md J)', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', ' none'])(
    'J1: alg %j is refused, with and without a signature',
    (alg) => {
      refused(`${part({ alg })}.${BODY}.`);
      refused(`${part({ alg })}.${BODY}.${TAIL}`);
      refused(`${part({ alg })}.${BODY}`);
    },
  );

  it('J1: so is a missing signature', () => {
    refused(`${HEAD}.${BODY}.`);
    refused(`${HEAD}.${BODY}`);
  });

  it('J2: no form of a public key is a shared secret', () => {
    const publicKey = keys.signing!.verify;
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const jwk = publicKey.export({ format: 'jwk' });
    const forms = [
      pem,
      `\n${pem}`,
      ` ${pem}`,
      pem.trim(),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(jwk),
      jwk.x!,
    ];
    for (const form of forms)
      for (const header of [{ alg: 'HS256', kid: 'one' }, { alg: 'HS256' }, { alg: 'HS256', kid: 'old' }])
        refused(hs256(header, form));
  });

  it('J3: the key is chosen by its id and serves its own algorithm only', () => {
    refused(hs256({ alg: 'HS256', kid: 'one' }));
    expect(verifyJwt(keys, hs256({ alg: 'HS256', kid: 'unknown' }), NOW)).toEqual(CLAIMS);
    refused(signJwt(keySet(ec('unknown', ['sign'])), CLAIMS));
    refused(signJwt(keySet(ec('one', ['sign'])), CLAIMS));
  });

  it.each(['jwk', 'jku', 'x5u', 'x5c'])('J4: a key that the header brings in %s is not looked at', (member) => {
    const mine = ec('one', ['sign', 'verify']);
    const input = `${part({ alg: 'ES256', kid: 'one', [member]: member === 'jwk' ? mine : 'https://evil.example/keys' })}.${BODY}`;
    const [, , tail] = signJwt(keySet(mine), CLAIMS).split('.');
    refused(`${input}.${tail}`);
  });

  it.each([
    ['../../etc/passwd'],
    ["one' OR '1'='1"],
    ['one\0'],
    ['x'.repeat(1 << 20)],
    [1],
    [['one']],
    [{}],
    ['__proto__'],
  ])('J5: the key id %# finds no key', (kid) => refused(`${part({ alg: 'ES256', kid })}.${BODY}.${TAIL}`));

  it.each([['1800000060'], [-1], [1_799_999_999], [1_800_000_000], [true], [{}]])('J6: exp %j is refused', (exp) => {
    refused(hs256({ alg: 'HS256' }, SECRET, { sub: 'x', exp }));
  });

  it('J6: an endless exp and a later nbf are refused, to the second', () => {
    refused(hs256({ alg: 'HS256' }, SECRET, '{"exp":1e999}'));
    refused(hs256({ alg: 'HS256' }, SECRET, { nbf: 1_800_000_000.5 }));
    expect(verifyJwt(keys, hs256({ alg: 'HS256' }, SECRET, { exp: 1_800_000_000.5 }), NOW)).toBeDefined();
  });

  it.each(['id_token', 'secevent+jwt', 'logout+jwt', 'dpop+jwt', 7, null])(
    'J8: a token of type %j is refused',
    (typ) => {
      refused(hs256({ alg: 'HS256', typ }));
    },
  );

  it.each(['JWT', 'jwt', 'at+jwt'])('J8: one of type %s is not', (typ) => {
    expect(verifyJwt(keys, hs256({ alg: 'HS256', typ }), NOW)).toEqual(CLAIMS);
  });

  it('J10: no second spelling of a signature, none of zeros, of another length or in DER', () => {
    const zeros = Buffer.alloc(64).toString('base64url');
    const last = TAIL.at(-1)!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sibling = alphabet[alphabet.indexOf(last) ^ 1]!;
    const der = signWith('sha256', Buffer.from(`${HEAD}.${BODY}`), keys.signing!.sign!).toString('base64url');
    for (const tail of [
      zeros,
      TAIL.slice(0, -1),
      `${TAIL}AA`,
      `${TAIL}=`,
      TAIL.slice(0, -1) + sibling,
      der,
      ` ${TAIL}`,
    ])
      refused(`${HEAD}.${BODY}.${tail}`);
    refused(JSON.stringify({ protected: HEAD, payload: BODY, signature: TAIL }));
  });

  it('J11: extensions that must be understood, unencoded payloads, duplicate members', () => {
    refused(hs256({ alg: 'HS256', crit: ['exp'] }));
    refused(hs256({ alg: 'HS256', crit: [] }));
    refused(hs256({ alg: 'HS256', b64: false }));
    refused(hs256('{"alg":"none","alg":"HS256"}'));
    refused(hs256({ alg: 'HS256' }, SECRET, '{"sub":"x","role":"authenticated","role":"service_role"}'));
    const odd = { 'a:b': '"{,:', nested: { sub: 1, 'x:': [{}] }, sub: 'x\\"' };
    expect(verifyJwt(keys, hs256({ alg: 'HS256' }, SECRET, odd), NOW)).toEqual(odd);
  });

  it('J12: what is huge is refused at once', () => {
    const started = performance.now();
    refused('.'.repeat(1_000_000));
    refused(`${'A'.repeat(1 << 20)}.${BODY}.${TAIL}`);
    refused(`${part({ alg: 'PBES2-HS256+A128KW', p2c: 2 ** 31 })}.a.b.c.d`);
    expect(performance.now() - started).toBeLessThan(150);
  });

  it('J13: a key that was taken away is worth nothing', () => {
    const standby = ec('two', ['verify']);
    const token = signJwt(keys, CLAIMS);
    const after = keySet({ ...standby, key_ops: ['sign', 'verify'] });
    refused(token, after);
  });

  it('known-faults.md: beside keys the old secret is worth nothing where that is asked for', () => {
    const strict = buildKeySet({
      secret: SECRET,
      keyId: '',
      jwks: [ec('one', ['sign']), { ...oct, k: 'AAAA' }],
      validMethods: [],
      keysOnly: true,
    });
    refused(hs256({ alg: 'HS256' }), strict);
    refused(hs256({ alg: 'HS256', kid: 'old' }), strict);
  });
});
