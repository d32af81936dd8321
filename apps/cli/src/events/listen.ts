import { createHmac, randomBytes } from 'node:crypto';
import type { AuthEvent } from '@usher/auth-events';
import { findSource } from './find-source.js';
import type { FilterFlags } from './flags.js';
import { formatEvent } from './format-event.js';
import { following } from './pages.js';
import { print, printJson, say } from './table.js';

export interface ListenFlags extends FilterFlags {
  forwardTo: string;
  secret?: string;
}

const TIMEOUT_MS = 15_000;

/** `usher events listen --forward-to URL`: what a webhook would send, without a way from the server to this machine. */
export async function listen(flags: ListenFlags): Promise<void> {
  const source = findSource(flags);
  const secret = flags.secret ?? `whsec_${randomBytes(24).toString('base64')}`;
  say(`forwarding the events of ${source.url} to ${flags.forwardTo}, Ctrl-C ends`);
  if (!flags.secret) say(`they are signed with ${secret} (Standard Webhooks)`);
  for await (const event of following(source, flags)) {
    const outcome = await forward(event, flags.forwardTo, secret);
    if (flags.json) printJson({ id: event.id, type: event.type, sequence: event.sequence, ...outcome });
    else print(`${String(outcome.status ?? outcome.error).padEnd(4)} ${formatEvent(event, process.stdout.isTTY)}\n`);
  }
}

/** One call, signed by HMAC as https://www.standardwebhooks.com/ has it. */
export async function forward(
  event: AuthEvent,
  url: string,
  secret: string,
): Promise<{ status?: number; error?: string }> {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${event.id}.${timestamp}.${body}`).digest('base64');
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'webhook-id': event.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    return { error: cause?.message || message };
  }
}
