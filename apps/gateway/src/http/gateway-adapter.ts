import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Answer } from './answer.js';
import { RouteTable } from './route-table.js';
import { sendAnswer } from './send-answer.js';

/** Answers what no route matched: 404, 405, or what the guard of the path's group says. */
export interface UnmatchedHandler {
  answer(request: FastifyRequest, routes: RouteTable): Promise<Answer>;
}

/** Nest's Fastify adapter, but replies are `Answer`s and unmatched requests are ours. */
export class GatewayAdapter extends FastifyAdapter {
  private unmatched?: UnmatchedHandler;
  private readonly routes = new RouteTable();

  constructor(fastify: FastifyInstance) {
    super(fastify);
    this.routes.collect(fastify);
  }

  onUnmatched(handler: UnmatchedHandler): void {
    this.unmatched = handler;
  }

  override reply(response: FastifyReply, body: unknown): FastifyReply {
    if (response.sent) return response;
    if (!(body instanceof Answer)) throw new Error('a route must answer with an Answer');
    return sendAnswer(response, body);
  }

  override setNotFoundHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setNotFoundHandler(async (request, reply) => {
      if (!this.unmatched) return reply.code(404).send();
      const answer = await this.unmatched.answer(request, this.routes);
      if (!reply.sent) sendAnswer(reply, answer);
      return reply;
    });
  }
}
