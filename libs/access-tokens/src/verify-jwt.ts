import type { JsonObject } from '@usher/contracts/user-object';
import type { Key, KeySet } from './key-set.js';
import { decodeBase64url, parseSegment } from './parse-segment.js';
import { verifyBytes } from './signature.js';

/** Why a token was refused, in the words that clients of the reference know (accounts.md §4.2). */
export class InvalidToken extends Error {}

/** More than the headers of a request may have altogether. */
const LONGEST = 65_536;

/** RFC 7519 §5.1, RFC 9068 §2.1. */
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

const BASE64URL = /^[A-Za-z0-9_-]*$/;

/**
 * Checks form, algorithm, signature, `exp` and `nbf` (no leeway), and gives the claims. The key is chosen by `kid` among the configured ones and must
 * be of the algorithm that the header names; keys inside the header (`jwk`, `jku`, `x5u`) are never looked at.
 */
export function verifyJwt(keys: KeySet, token: string, now: Date): JsonObject {
  const parts = token.length <= LONGEST ? token.split('.', 4) : [];
  if (parts.length !== 3) throw new InvalidToken('token is malformed: token contains an invalid number of segments');
  const [head, body, tail] = parts as [string, string, string];
  const header = decode(head, 'header');
  const claims = decode(body, 'claims');
  const alg = typeof header.alg === 'string' ? header.alg : '';
  if (!alg) throw new InvalidToken('token is unverifiable: signing method (alg) is unspecified');
  if (!keys.algorithms.has(alg)) throw new InvalidToken(`token signature is invalid: signing method ${alg} is invalid`);
  checkKind(header);
  const signature = BASE64URL.test(tail) ? decodeBase64url(tail) : undefined;
  if (!signature) throw new InvalidToken('token is malformed: could not base64 decode signature: illegal base64 data');
  const key = chooseKey(keys, header.kid, alg);
  if (key.alg !== alg || !verifyBytes(key.alg, key.verify, `${head}.${body}`, signature))
    throw new InvalidToken(`token signature is invalid: ${failureText(alg)}`);
  checkTimes(claims, now.getTime() / 1000);
  return claims;
}

/** RFC 8725 §3.11: no other kind of token; RFC 7515 §4.1.11: nothing that must be understood, for we understand no extension. */
function checkKind({ typ, crit, b64 }: JsonObject): void {
  const known = typ === undefined || (typeof typ === 'string' && TYPES.has(typ.toLowerCase()));
  if (!known || crit !== undefined || b64 !== undefined)
    throw new InvalidToken('token is unverifiable: unsupported header');
}

function chooseKey(keys: KeySet, kid: unknown, alg: string): Key {
  const named = typeof kid === 'string' ? keys.byKid.get(kid) : undefined;
  if (named) return named;
  if (alg === 'HS256' && keys.secret) return keys.secret;
  throw new InvalidToken(
    `token is unverifiable: error while executing keyfunc: unrecognized JWT kid ${typeof kid === 'string' ? kid : '<nil>'} for algorithm ${alg}`,
  );
}

function decode(segment: string, what: string): JsonObject {
  if (!BASE64URL.test(segment))
    throw new InvalidToken(`token is malformed: could not base64 decode ${what}: illegal base64 data`);
  try {
    return parseSegment(segment) as JsonObject;
  } catch {
    throw new InvalidToken(`token is malformed: could not JSON decode ${what}`);
  }
}

function checkTimes(claims: JsonObject, now: number): void {
  const expired = numeric(claims, 'exp', (exp) => now >= exp);
  const early = numeric(claims, 'nbf', (nbf) => now < nbf);
  if (expired) throw new InvalidToken('token has invalid claims: token is expired');
  if (early) throw new InvalidToken('token has invalid claims: token is not valid yet');
}

function numeric(claims: JsonObject, name: string, test: (seconds: number) => boolean): boolean {
  const value = claims[name];
  if (value === undefined || value === null) return false;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new InvalidToken(`token is malformed: could not JSON decode claims: ${name} is not a number`);
  return test(value);
}

function failureText(alg: string): string {
  if (alg.startsWith('RS')) return 'crypto/rsa: verification error';
  if (alg.startsWith('ES')) return 'crypto/ecdsa: verification error';
  return alg === 'EdDSA' ? 'ed25519: verification error' : 'signature is invalid';
}
