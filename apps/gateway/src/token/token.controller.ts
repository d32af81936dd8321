import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../http/answer.js';
import { TokenFlow } from './token.flow.js';

@Controller('token')
export class TokenController {
  constructor(private readonly flow: TokenFlow) {}

  @Post()
  exchange(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.exchange(exchange);
  }
}
