import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHttpSink, type HttpSink } from '@usher/testing/http-sink';
import { OutboundClient } from './outbound-client.js';
import { ForbiddenDestination, UnusableAnswer } from './outbound.errors.js';

let sink: HttpSink;
beforeAll(async () => {
  sink = await startHttpSink();
});
afterAll(() => sink.stop());

const port = () => new URL(sink.url).port;

describe('outbound calls', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '0', '[::ffff:127.0.0.1]'])(
    'cannot reach this machine as %s',
    async (host) => {
      const client = new OutboundClient();
      const before = sink.requests.length;
      const url = `http://${host}:${port()}/`;
      await expect(client.fetch(url)).rejects.toBeInstanceOf(ForbiddenDestination);
      await expect(client.check(url)).rejects.toBeInstanceOf(ForbiddenDestination);
      expect(sink.requests).toHaveLength(before);
    },
  );

  it('cannot be sent inside by a redirect', async () => {
    const client = new OutboundClient(['127.0.0.1']);
    sink.answerOnce({ status: 302, headers: { location: `http://localhost:${port()}/secret` } });
    await expect(client.fetch(`${sink.url}/`, { maxRedirects: 3 })).rejects.toBeInstanceOf(ForbiddenDestination);
  });

  it('follow redirects only as far as allowed, and to HTTP only', async () => {
    const client = new OutboundClient(['127.0.0.1']);
    sink.answerOnce({ status: 302, headers: { location: '/next' } });
    sink.answerOnce({ body: 'here' });
    expect(await client.fetch(sink.url, { maxRedirects: 1 })).toMatchObject({ status: 200, text: 'here' });
    sink.answerOnce({ status: 302, headers: { location: 'file:///etc/passwd' } });
    await expect(client.fetch(sink.url, { maxRedirects: 1 })).rejects.toBeInstanceOf(UnusableAnswer);
    sink.answerOnce({ status: 307, headers: { location: '/next' } });
    expect(await client.fetch(sink.url)).toMatchObject({ status: 307 });
  });

  it('stop reading at the limit, and in time', async () => {
    const client = new OutboundClient(['127.0.0.1']);
    sink.answerOnce({ body: 'x'.repeat(2_000) });
    await expect(client.fetch(sink.url, { maxBytes: 1_000 })).rejects.toBeInstanceOf(UnusableAnswer);
    sink.answerOnce({ body: 'late', delayMs: 500 });
    await expect(client.fetch(sink.url, { timeoutMs: 50 })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
