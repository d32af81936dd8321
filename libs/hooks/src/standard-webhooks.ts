import { createHmac } from 'node:crypto';

/** Key bytes of a `v1,whsec_…` secret. */
export function secretKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^v1,/, '').replace(/^whsec_/, ''), 'base64');
}

/** Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, one signature per secret. The reference joins them with a comma and a space. */
export function signWebhook(secrets: readonly string[], id: string, timestamp: number, body: string): string {
  return secrets
    .map((secret) => createHmac('sha256', secretKey(secret)).update(`${id}.${timestamp}.${body}`).digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(', ');
}
