import { AuthError } from '@usher/contracts/errors';
import type { FastifyInstance } from 'fastify';
import { renderError } from '../errors/render-error.js';
import { sendAnswer } from './send-answer.js';

/** 504 when a request takes longer than `ms` (0 or less: no limit); what its route answers later is dropped (accounts.md §2.3). */
export function guardDeadline(instance: FastifyInstance, ms: number): void {
  if (ms <= 0) return;
  instance.addHook('preParsing', (request, reply, _payload, done) => {
    const timer = setTimeout(() => {
      if (reply.sent || reply.raw.headersSent) return;
      const error = new AuthError('request_timeout', 'Processing this request timed out, please retry after a moment.');
      sendAnswer(reply, renderError(error, request.exchange.apiVersion, request.exchange.requestId));
    }, ms);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });
}
