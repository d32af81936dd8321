import { Controller, Delete, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { SessionsFlow } from './sessions.flow.js';

@Controller('admin/users/:user_id/sessions')
@AdminOnly()
export class AdminSessionsController {
  constructor(private readonly flow: SessionsFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.listOfUser(exchange);
  }

  @Delete()
  endAll(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.endAllOfUser(exchange);
  }

  @Delete(':session_id')
  end(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.endOfUser(exchange);
  }
}
