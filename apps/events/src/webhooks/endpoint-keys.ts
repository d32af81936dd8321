import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What signs the deliveries of an endpoint; kept sealed, and shown in part and once. */
export interface EndpointKeys {
  /** `whsec_` and base64. */
  secret: string;
  /** Ed25519, PKCS 8 in base64. */
  privateKey: string;
  /** RFC 3339, of keys that were rotated away. */
  until?: string;
}

export interface WebhookMessage {
  id: string;
  /** Unix seconds. */
  timestamp: number;
  body: string;
}

const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

export function newKeys(secret = `whsec_${randomBytes(32).toString('base64')}`): EndpointKeys {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { secret, privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') };
}

/** 24 to 64 bytes (Standard Webhooks, "Signature scheme"). */
export function isSecret(secret: string): boolean {
  const bytes = Buffer.from(SECRET.exec(secret)?.[1] ?? '', 'base64').length;
  return bytes >= 24 && bytes <= 64;
}

/** The new keys first; of the former ones those whose time is not over. */
export function rotated(keys: EndpointKeys[], now: Date, overlapMs: number): EndpointKeys[] {
  const until = new Date(now.getTime() + overlapMs).toISOString();
  return [newKeys(), ...valid(keys, now).map((former) => ({ ...former, until: former.until ?? until }))];
}

export function valid(keys: EndpointKeys[], now: Date): EndpointKeys[] {
  return keys.filter(({ until }) => !until || new Date(until) > now);
}

/** `whpk_` and the 32 bytes of the key. */
export function publicKeyOf({ privateKey }: EndpointKeys): string {
  const key = createPublicKey(readKey(privateKey)).export({ format: 'jwk' });
  return `whpk_${Buffer.from(key.x ?? '', 'base64url').toString('base64')}`;
}

/** Standard Webhooks 1.0: `v1` is HMAC-SHA-256, `v1a` is Ed25519, each over `id.timestamp.body`. */
export function signatureHeaders(
  { id, timestamp, body }: WebhookMessage,
  keys: EndpointKeys[],
): Record<string, string> {
  const content = Buffer.from(`${id}.${timestamp}.${body}`);
  const signatures = keys.flatMap(({ secret, privateKey }) => [
    `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(content)
      .digest('base64')}`,
    `v1a,${sign(null, content, readKey(privateKey)).toString('base64')}`,
  ]);
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}

function readKey(privateKey: string) {
  return createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
}
