import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const VERSION = 0;
const HEAD_BYTES = 17;
const SIGNATURE_BYTES = 16;
const CHECKSUM_BYTES = 4;
const LONGEST_COUNTER = 10;
const LARGEST_COUNTER = 2n ** 63n - 1n;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** A version 2 token, taken apart but not yet proved: its signature is checked with the key of the session that it names. */
export interface RefreshTokenV2 {
  sessionId: string;
  counter: bigint;
  /** What is signed. */
  payload: Buffer;
  signature: Buffer;
}

/** tokens-and-sessions.md §6.1. `key` is the 32 bytes of the session. */
export function formatV2(sessionId: string, counter: bigint, key: Uint8Array): string {
  const payload = Buffer.concat([
    Buffer.from([VERSION]),
    Buffer.from(sessionId.replaceAll('-', ''), 'hex'),
    encodeCounter(counter),
  ]);
  const signed = Buffer.concat([payload, sign(payload, key)]);
  return Buffer.concat([signed, checksum(signed)]).toString('base64url');
}

/** The parts of a well-formed token, else undefined. The checksum is no protection: it saves a look-up for mistyped tokens. */
export function parseV2(token: string): RefreshTokenV2 | undefined {
  if (!BASE64URL.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  // Bits beyond the last byte, or a lone last character: another spelling of some token.
  if (bytes.toString('base64url') !== token) return undefined;
  const signed = bytes.subarray(0, -CHECKSUM_BYTES);
  if (signed.length < HEAD_BYTES + 1 + SIGNATURE_BYTES || bytes[0] !== VERSION) return undefined;
  if (!timingSafeEqual(checksum(signed), bytes.subarray(-CHECKSUM_BYTES))) return undefined;
  const payload = signed.subarray(0, -SIGNATURE_BYTES);
  const counter = decodeCounter(payload.subarray(HEAD_BYTES));
  if (counter === undefined) return undefined;
  const sessionId = toUuid(payload.subarray(1, HEAD_BYTES));
  return { sessionId, counter, payload, signature: signed.subarray(-SIGNATURE_BYTES) };
}

/** Whether the session's key signed it; in constant time. */
export function isSignedWith({ payload, signature }: RefreshTokenV2, key: Uint8Array): boolean {
  return timingSafeEqual(sign(payload, key), signature);
}

function sign(payload: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(payload).digest().subarray(0, SIGNATURE_BYTES);
}

function checksum(signed: Uint8Array): Buffer {
  return createHash('sha256').update(signed).digest().subarray(0, CHECKSUM_BYTES);
}

/** Unsigned LEB128. */
function encodeCounter(counter: bigint): Buffer {
  const bytes: number[] = [];
  let rest = counter;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

function decodeCounter(bytes: Uint8Array): bigint | undefined {
  const ended = bytes.findIndex((byte) => byte < 0x80) === bytes.length - 1;
  if (!ended || bytes.length > LONGEST_COUNTER) return undefined;
  const value = bytes.reduce((sum, byte, i) => sum | (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
  return value > LARGEST_COUNTER ? LARGEST_COUNTER : value;
}

/** Any sixteen bytes, whatever version they claim to be. */
function toUuid(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
