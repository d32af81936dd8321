import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { EventStreamFlow } from './event-stream.flow.js';

@Controller('events/stream')
@AdminOnly()
export class EventStreamController {
  constructor(private readonly flow: EventStreamFlow) {}

  @Get()
  stream(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.stream(exchange);
  }
}
