import { Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../http/answer.js';
import { CallbackFlow } from './callback.flow.js';
import { OAuthFlow } from './oauth.flow.js';

@Controller()
export class OAuthController {
  constructor(
    private readonly flow: OAuthFlow,
    private readonly callbacks: CallbackFlow,
  ) {}

  @Get('authorize')
  authorize(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.authorize(exchange);
  }

  @Get('callback')
  callback(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.callbacks.receive(exchange);
  }

  /** Apple answers with a form. */
  @Post('callback')
  postCallback(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.callbacks.receive(exchange);
  }
}
