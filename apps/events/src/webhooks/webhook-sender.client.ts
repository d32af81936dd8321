import { Inject, Injectable } from '@nestjs/common';
import type { AuthEvent } from '@usher/contracts/events/event';
import type { WebhookAttempt } from '@usher/contracts/events/webhooks.contract';
import { OutboundClient } from '@usher/outbound/outbound-client';
import { ForbiddenDestination, UnresolvedHost, UnusableAnswer } from '@usher/outbound/outbound.errors';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { signatureHeaders, valid, type EndpointKeys } from './endpoint-keys.js';

const MOST_BYTES = 65_536;

export interface SentWebhook {
  attempt: WebhookAttempt;
  /** Of a 2xx answer. */
  text?: string;
  /** ms of `Retry-After`. */
  retryAfter?: number;
}

/** One signed POST. A redirect is an answer like any other, hence a failure; the address is checked when the connection is made. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly outbound: OutboundClient,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async send(
    url: string,
    keys: EndpointKeys[],
    event: Pick<AuthEvent, 'id'> | string,
    id: string,
  ): Promise<SentWebhook> {
    const now = this.clock.now();
    const body = typeof event === 'string' ? event : JSON.stringify(event);
    const message = { id, timestamp: Math.floor(now.getTime() / 1000), body };
    const start = performance.now();
    const attempt = (): WebhookAttempt => ({
      at: now.toISOString(),
      duration_ms: Math.round(performance.now() - start),
    });
    try {
      const { status, headers, text } = await this.outbound.fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'usher-webhooks',
          ...signatureHeaders(message, valid(keys, now)),
        },
        body,
        timeoutMs: this.settings.usher.events.webhookTimeout,
        maxBytes: MOST_BYTES,
      });
      if (status >= 200 && status < 300) return { attempt: { ...attempt(), status }, text };
      const seconds = Number(headers.get('retry-after'));
      return {
        attempt: { ...attempt(), status, error: `answered ${status}` },
        retryAfter: seconds > 0 ? seconds * 1000 : 0,
      };
    } catch (error) {
      return { attempt: { ...attempt(), error: reasonOf(error) } };
    }
  }
}

/** In our words: the texts of libraries may hold what the URL leads to. */
function reasonOf(error: unknown): string {
  if (error instanceof ForbiddenDestination || error instanceof UnresolvedHost || error instanceof UnusableAnswer)
    return error.message;
  const { name, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause?.code ? `the connection failed (${cause.code})` : 'the connection failed';
}
