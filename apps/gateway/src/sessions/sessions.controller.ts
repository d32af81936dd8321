import { Controller, Delete, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { SessionsFlow } from './sessions.flow.js';

@Controller('sessions')
@UserOnly()
export class SessionsController {
  constructor(private readonly flow: SessionsFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Delete(':session_id')
  end(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.end(exchange);
  }
}
