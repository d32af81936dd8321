import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.js';

export interface SinkRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface SinkAnswer {
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: string | object;
  /** Milliseconds before the answer is sent. */
  delayMs?: number;
}

export type SinkHandler = (request: SinkRequest) => SinkAnswer | Promise<SinkAnswer>;

export interface HttpSink {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  url: string;
  /** Everything that came, in order. */
  requests: SinkRequest[];
  /** Answers all requests from now on. */
  answer(handler: SinkAnswer | SinkHandler): void;
  /** Answers one request, before `answer` applies again; may be called several times. */
  answerOnce(handler: SinkAnswer | SinkHandler): void;
  /** The first request, past or to come, that `matches`. */
  waitForRequest(matches?: (request: SinkRequest) => boolean, timeoutMs?: number): Promise<SinkRequest>;
  stop(): Promise<void>;
}

/** A stand-in for somebody else's HTTP server: records requests and gives scripted answers (200 and no body if none). */
export async function startHttpSink(): Promise<HttpSink> {
  const requests: SinkRequest[] = [];
  const next: (SinkAnswer | SinkHandler)[] = [];
  let always: SinkAnswer | SinkHandler = {};
  const server = createServer((incoming, response) => {
    void read(incoming).then(async (request) => {
      requests.push(request);
      const script = next.shift() ?? always;
      const { status = 200, headers = {}, body = '', delayMs = 0 } = await answerOf(script, request);
      const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      response.writeHead(status, { ...type, ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (handler) => (always = handler),
    answerOnce: (handler) => next.push(handler),
    waitForRequest: (matches = () => true, timeoutMs) =>
      eventually(() => requests.find(matches), { timeoutMs, what: 'an HTTP request' }),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function read(incoming: IncomingMessage): Promise<SinkRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

async function answerOf(script: SinkAnswer | SinkHandler, request: SinkRequest): Promise<SinkAnswer> {
  if (typeof script !== 'function') return script;
  try {
    return await script(request);
  } catch (error) {
    return { status: 500, body: `the sink's handler failed: ${String(error)}` };
  }
}
