import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHttpSink, type HttpSink, type SinkAnswer } from '@usher/testing/http-sink';
import { callHttpHook } from './http-hook.js';

const SECRET = 'v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let sink: HttpSink;

beforeAll(async () => void (sink = await startHttpSink()));
afterAll(() => sink.stop());

const call = (budgetMs?: number) =>
  callHttpHook({ url: `${sink.url}/hook?a=1`, secrets: [SECRET] }, '{"x":"ü"}', budgetMs);

describe('callHttpHook', () => {
  it('posts a signed body', async () => {
    sink.answer({ body: { decision: 'continue' } });
    expect(JSON.parse(await call())).toEqual({ decision: 'continue' });
    const request = sink.requests.at(-1)!;
    expect(request).toMatchObject({ method: 'POST', path: '/hook?a=1', body: '{"x":"ü"}' });
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      'webhook-id': expect.stringMatching(/^[0-9a-f]{8}-/),
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
    expect(Math.abs(Number(request.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(5);
  });

  it('sends the credentials of the URL as basic authorization', async () => {
    sink.answer({ status: 204 });
    await callHttpHook({ url: sink.url.replace('//', '//user:p%40ss@'), secrets: [] }, '{}');
    expect(sink.requests.at(-1)!.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
  });

  const json = { 'content-type': 'application/json' };
  const type = 'hook_payload_invalid_content_type';
  it.each<[string, SinkAnswer, object]>([
    ['400', { status: 400 }, { status: 500, message: 'Invalid payload sent to hook' }],
    ['401', { status: 401 }, { status: 500, message: 'Hook requires authorization token' }],
    ['201', { status: 201 }, { status: 500, message: 'Unexpected status code returned from hook: 201' }],
    [
      'a redirect',
      { status: 307, headers: { location: '/' } },
      { message: 'Unexpected status code returned from hook: 307' },
    ],
    ['503', { status: 503 }, { status: 500, message: 'Service currently unavailable due to hook' }],
    ['no type', { body: '{}' }, { code: type, message: 'Invalid Content-Type: Missing Content-Type header' }],
    [
      'text',
      { headers: { 'content-type': 'text/plain' } },
      { code: type, message: 'Invalid JSON response. Received content-type: text/plain' },
    ],
    ['a bad type', { headers: { 'content-type': 'application/json; =' } }, { code: type, status: 400 }],
    ['too much', { headers: json, body: ' '.repeat(204_801) }, { code: 'hook_payload_over_size_limit', status: 422 }],
  ])('refuses %s', async (_, answer, error) => {
    sink.answer(answer);
    await expect(call()).rejects.toMatchObject(error);
  });

  it.each<[string, SinkAnswer]>([
    ['202', { status: 202, headers: { 'content-type': 'application/json; charset=utf-8' }, body: 'null' }],
    ['204', { status: 204 }],
    ['200 KiB', { headers: json, body: `${' '.repeat(204_796)}null` }],
  ])('accepts %s', async (_, answer) => {
    sink.answer(answer);
    expect((await call()).trim()).toBe('null');
  });

  it('calls again at once when told to, three times in all, with another id', async () => {
    const before = sink.requests.length;
    sink.answer({ status: 429, headers: { 'retry-after': '60' } });
    await expect(call()).rejects.toMatchObject({ message: 'Service currently unavailable due to hook' });
    const ids = sink.requests.slice(before).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(3);
  });

  it('gives up when the time is over', async () => {
    sink.answer({ delayMs: 500 });
    const timeout = { code: 'hook_timeout', message: 'Failed to reach hook within maximum time of 0.200000 seconds' };
    await expect(call(200)).rejects.toMatchObject(timeout);
  });

  it('tries three times to reach a hook that hangs up', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(callHttpHook({ url, secrets: [] }, '{}')).rejects.toMatchObject({ code: 'hook_timeout_after_retry' });
    expect(connections).toBe(3);
    server.close();
  });
});
