import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { sendAnswer } from '../http/send-answer.js';
import { renderError } from './render-error.js';

/** The only way in which an error becomes a response. */
@Catch()
export class ErrorFilter implements ExceptionFilter<unknown> {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (!reply.sent) sendAnswer(reply, this.render(thrown, http.getRequest<FastifyRequest>().exchange));
  }

  render(thrown: unknown, { requestId, apiVersion }: Exchange): Answer {
    return renderError(this.known(thrown, requestId), apiVersion, requestId);
  }

  private known(thrown: unknown, requestId: string): AuthError {
    if (thrown instanceof AuthError) {
      if (thrown.status >= 500) this.logger.error({ error: thrown, request_id: requestId }, thrown.message);
      return thrown;
    }
    this.logger.error({ error: thrown, request_id: requestId }, 'unexpected failure');
    return new AuthError('unexpected_failure', 'Unexpected failure, please check server logs for more information');
  }
}
