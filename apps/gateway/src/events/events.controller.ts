import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { EventsFlow } from './events.flow.js';

/** The feed, for holders of a service key. */
@Controller('events')
@AdminOnly()
export class EventsController {
  constructor(private readonly flow: EventsFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }
}
