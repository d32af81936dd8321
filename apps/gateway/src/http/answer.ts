import type { Readable } from 'node:stream';
import type { RawReply } from '@usher/messaging/rpc-client';

/** What a route answers: sent by the adapter as it is. */
export class Answer {
  private constructor(
    readonly status: number,
    readonly body: Uint8Array | Readable | undefined,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  static json(value: unknown, headers: Record<string, string> = {}, status = 200): Answer {
    return new Answer(status, Buffer.from(JSON.stringify(value)), { 'content-type': 'application/json', ...headers });
  }

  /** A service's reply, passed on unparsed. */
  static raw({ body, headers }: RawReply, extra: Record<string, string> = {}): Answer {
    return new Answer(200, body, { 'content-type': 'application/json', ...headers, ...extra });
  }

  static bytes(body: Uint8Array, headers: Record<string, string>): Answer {
    return new Answer(200, body, headers);
  }

  static empty(status: number, headers: Record<string, string> = {}): Answer {
    return new Answer(status, undefined, headers);
  }

  /** Sent as it comes, no faster than the client reads. */
  static stream(body: Readable, headers: Record<string, string>): Answer {
    return new Answer(200, body, { 'cache-control': 'no-store', ...headers });
  }

  static text(status: number, body: string): Answer {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
    return new Answer(status, Buffer.from(body), headers);
  }

  /** 302; the fragment may hold tokens: it goes to no further site. */
  static found(location: string): Answer {
    return new Answer(302, undefined, { location, 'referrer-policy': 'no-referrer' });
  }

  /** 303 with the link as a small page, for those who do not follow. The fragment may hold tokens: it goes to no further site. */
  static seeOther(location: string): Answer {
    const href = location.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
    const headers = { 'content-type': 'text/html; charset=utf-8', location, 'referrer-policy': 'no-referrer' };
    return new Answer(303, Buffer.from(`<a href="${href}">See Other</a>.\n`), headers);
  }
}
