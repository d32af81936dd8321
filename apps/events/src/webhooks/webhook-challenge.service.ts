import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { EndpointKeys } from './endpoint-keys.js';
import { WebhookSender } from './webhook-sender.client.js';

/**
 * Whoever registers a URL has to show that its owner wants the events: the receiver answers `{"type":"usher.challenge","challenge":"…"}` with the
 * challenge, as it is or as the member `challenge` of a JSON object.
 */
@Injectable()
export class WebhookChallenge {
  constructor(private readonly sender: WebhookSender) {}

  /** Why the receiver did not pass, or null. */
  async failure(url: string, keys: EndpointKeys[]): Promise<string | null> {
    const challenge = randomBytes(24).toString('base64url');
    const body = JSON.stringify({ type: 'usher.challenge', challenge });
    const { attempt, text } = await this.sender.send(url, keys, body, uuidv7());
    if (text === undefined) return `challenge: ${attempt.error ?? 'failed'}`;
    return same(answerIn(text), challenge) ? null : 'challenge: the answer did not hold it';
  }
}

function answerIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
    const { challenge } = (value ?? {}) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return text.trim();
  }
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a.padEnd(64)), Buffer.from(b.padEnd(64)));
}
