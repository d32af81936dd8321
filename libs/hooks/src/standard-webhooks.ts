import { createHmac } from 'node:crypto';
import { AuthError } from '@usher/contracts/errors';

export interface WebhookMessage {
  id: string;
  /** Unix seconds. */
  timestamp: number;
  body: string;
}

const SECRET = /^v1,whsec_([A-Za-z0-9+/]+={0,2})$/;

/** Headers of a Standard Webhooks call. Several secrets make several signatures, so that secrets can be rotated. */
export function webhookHeaders(message: WebhookMessage, secrets: readonly string[]): Record<string, string> {
  const { id, timestamp, body } = message;
  const content = `${id}.${timestamp}.${body}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    // The specification has a space only; receivers of the reference know the comma.
    'webhook-signature': secrets.map((secret) => sign(content, secret)).join(', '),
  };
}

function sign(content: string, secret: string): string {
  const key = SECRET.exec(secret)?.[1];
  if (!key) throw new AuthError('unexpected_failure', 'Error generating signatures: invalid signature format');
  return `v1,${createHmac('sha256', Buffer.from(key, 'base64')).update(content).digest('base64')}`;
}
