import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthError } from '@usher/contracts/errors';
import type { AuthEvent } from '@usher/contracts/events/event';
import { listEvents, type EventPage } from '@usher/contracts/events/feed.contract';
import { eventually } from '@usher/testing/eventually';
import { runGateway, tokenOf, type RunningGateway } from '../gateway.fixture.js';

const ADA = '0199f0a0-0000-7000-8000-0000000000aa';
const sequence = (n: number): string => String(n).padStart(20, '0');
const eventOf = (n: number): AuthEvent =>
  ({
    id: `e${n}`,
    type: n % 2 ? 'auth.user.created' : 'auth.user.updated',
    subject: ADA,
    sequence: sequence(n),
  }) as AuthEvent;

let gateway: RunningGateway;
let last = 3;
const oldest = 2;

/** The feed of the events service, with `last` events. */
function page({
  after,
  limit,
  type,
}: {
  after?: string;
  limit?: string | number;
  type?: string;
}): EventPage | AuthError {
  const from = after === 'latest' ? last : Number(after);
  if (Number.isNaN(from)) return new AuthError('validation_failed', 'after must be a cursor of this feed');
  if (from < oldest - 1)
    return new AuthError('events_cursor_expired', 'gone', { headers: { 'usher-oldest-cursor': sequence(oldest - 1) } });
  const until = Math.min(last, from + Number(limit));
  const all = Array.from({ length: Math.max(until - from, 0) }, (_, n) => eventOf(from + 1 + n));
  const data = all.filter((event) => !type || event.type === `auth.${type}`);
  return { data, cursor: sequence(Math.max(until, from)), has_more: until < last };
}

beforeAll(async () => {
  gateway = await runGateway();
  gateway.serve(listEvents, ({ input }) => page(input));
});
afterAll(() => gateway.stop());

const authorization = `Bearer ${tokenOf({ role: 'service_role', exp: 4_000_000_000 })}`;

async function open(query: string, headers: Record<string, string> = {}) {
  const request = get(`${gateway.url}/events/stream${query}`, { agent: false, headers: { authorization, ...headers } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  response.on('error', () => undefined);
  return {
    status: response.statusCode,
    headers: response.headers,
    until: (wanted: string) => eventually(() => (text.includes(wanted) ? text : undefined), { what: wanted }),
    close: () => request.destroy(),
  };
}

describe('the event stream', () => {
  it('cannot be read with a user’s token, or none', async () => {
    expect((await fetch(`${gateway.url}/events/stream`)).status).toBe(401);
    const user = tokenOf({ role: 'authenticated', sub: ADA, exp: 4_000_000_000 });
    const answer = await fetch(`${gateway.url}/events/stream`, { headers: { authorization: `Bearer ${user}` } });
    expect(answer.status).toBe(403);
  });

  it('gives what was missed after Last-Event-ID, then what comes', async () => {
    const stream = await open('', { 'last-event-id': sequence(1) });
    expect(stream.headers['content-type']).toBe('text/event-stream');
    await stream.until(`id: ${sequence(3)}\ndata: {"id":"e3"`);
    last = 5;
    const text = await stream.until(`id: ${sequence(5)}`);
    expect(text.match(/^id: (\d+)$/gm)).toEqual([2, 3, 4, 5].map((n) => `id: ${sequence(n)}`));
    stream.close();
  });

  it('starts with what is to come when no cursor is given, for any number of clients', async () => {
    const streams = await Promise.all(Array.from({ length: 50 }, () => open('?type=user.created')));
    await Promise.all(streams.map((stream) => stream.until('retry: 1000')));
    last += 40;
    const texts = await Promise.all(streams.map((stream) => stream.until(`id: ${sequence(45)}\ndata`)));
    for (const text of texts) expect(text.match(/^data: \{"id"/gm)?.length).toBe(20);
    streams.forEach((stream) => stream.close());
  });

  it('tells the cursor when the filter matches nothing', async () => {
    const stream = await open(`?type=session.created&after=${last}`);
    await stream.until(`event: progress\nid: ${sequence(last)}\ndata: {"cursor":"${sequence(last)}"}`);
    stream.close();
  });

  it('refuses a cursor that is none, or too old with the oldest that is kept', async () => {
    expect((await open('?after=yesterday')).status).toBe(400);
    const { status, headers } = await open('?after=0');
    expect(status).toBe(410);
    expect(headers['usher-oldest-cursor']).toBe(sequence(1));
  });

  it('ends when the gateway stops', async () => {
    const other = await runGateway();
    other.serve(listEvents, ({ input }) => page(input));
    const response = await fetch(`${other.url}/events/stream`, { headers: { authorization } });
    const text = response.text();
    await other.stop();
    expect(await text).toContain('retry: 1000');
  });
});
