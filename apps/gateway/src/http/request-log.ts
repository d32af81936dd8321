import type { Logger } from '@usher/runtime/logger';
import type { FastifyInstance } from 'fastify';
import { pathOf } from './paths.js';

/** One line for each finished request but those to `/health`. Never the query: it holds one-time tokens and codes. */
export function logRequests(instance: FastifyInstance, logger: Logger): void {
  instance.addHook('onResponse', (request, reply, done) => {
    const path = pathOf(request.originalUrl);
    if (path !== '/health') {
      const { requestId, clientIp, userAgent } = request.exchange;
      logger.info(
        {
          request_id: requestId,
          method: request.method,
          path,
          status: reply.statusCode,
          duration: Math.round(reply.elapsedTime * 1e6),
          remote_addr: clientIp,
          user_agent: userAgent || undefined,
        },
        'request completed',
      );
    }
    done();
  });
}
