import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from '@usher/runtime/logger';
import type { Settings } from '@usher/runtime/settings/settings';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { admitKey } from '../api-keys/admit-key.js';
import { Exchange } from './exchange.js';
import { answerPreflight, corsPolicy, setCorsHeaders } from './cors.js';
import { guardDeadline } from './deadline.js';
import { rewritePath } from './paths.js';
import { TOO_LARGE, readBody } from './read-body.js';
import { logRequests } from './request-log.js';

const HEADER_READ_MS = 2_000;
const MAX_HEADER_BYTES = 1 << 16;

/** The HTTP server with everything that happens before a route is looked for (accounts.md §1.1, §1.2, §2). */
export function createFastify(settings: Settings, logger: Logger): FastifyInstance {
  const instance = fastify({
    exposeHeadRoutes: false,
    rewriteUrl: (request) => rewritePath(request.url ?? '/'),
    routerOptions: { maxParamLength: 4096 },
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADER_READ_MS, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    clientErrorHandler: refuse,
  });
  const policy = corsPolicy(settings.cors.allowedHeaders);
  instance.decorateRequest('exchange');
  instance.addHook('onRequest', (request, reply, done) => {
    request.exchange = new Exchange(request, settings);
    setCorsHeaders(request, reply);
    if (answerPreflight(policy, request, reply)) return;
    if (request.exchange.prefixed && !admitKey(settings.usher.keys, request, reply)) return;
    done();
  });
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', (_request: FastifyRequest, payload: Readable) => readBody(payload));
  instance.addHook('preValidation', (request, reply, done) => {
    if (request.body === TOO_LARGE) reply.header('connection', 'close');
    done();
  });
  guardDeadline(instance, settings.api.maxRequestDuration);
  logRequests(instance, logger);
  return instance;
}

/** What is not HTTP at all gets what Go's server would say; a connection on which no request arrived in time is closed without a word, as there. */
function refuse({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT' || !socket.writable) return void socket.destroy();
  socket.end(
    'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request',
  );
}
