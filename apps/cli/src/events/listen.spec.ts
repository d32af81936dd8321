import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthEvent } from '@usher/auth-events';
import { Webhook } from 'standardwebhooks';
import { forward } from './listen.js';
import { table } from './table.js';

const SECRET = `whsec_${Buffer.from('a secret of this test, long enough').toString('base64')}`;
const event = { id: '0190-1', type: 'auth.user.created', data: { record: { name: 'Zoë' } } } as unknown as AuthEvent;

let status = 204;
const received: { headers: IncomingMessage['headers']; body: string }[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
  });
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});

describe('listen --forward-to', () => {
  it('signs what it sends as a webhook is signed', async () => {
    expect(await forward(event, url, SECRET)).toEqual({ status: 204 });

    const { headers, body } = received.at(-1)!;
    expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toEqual(event);
    expect(headers['webhook-id']).toBe(event.id);
    expect(() => new Webhook(SECRET).verify(body.replace('Zoë', 'Eve'), headers as Record<string, string>)).toThrow();
  });

  it('follows no redirect, and says what went wrong', async () => {
    status = 302;
    expect(await forward(event, url, SECRET)).toEqual({ status: 302 });
    await new Promise((resolve) => server.close(resolve));
    expect((await forward(event, url, SECRET)).error).toMatch(/ECONNREFUSED|closed/);
  });
});

describe('tables', () => {
  it('are as wide as they must be, with numbers to the right', () => {
    expect(
      table(
        ['NAME', 'LAG'],
        [
          ['a', 5],
          ['bcdef', 120],
        ],
      ),
    ).toBe('NAME   LAG\na        5\nbcdef  120\n');
  });
});
