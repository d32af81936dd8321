import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../http/answer.js';
import { EventTypesFlow } from './event-types.flow.js';

/** What events look like; open to everybody, as `dataschema` of an event leads here. */
@Controller('events')
export class EventTypesController {
  constructor(private readonly flow: EventTypesFlow) {}

  @Get('types')
  list(@Req() { exchange }: FastifyRequest): Answer {
    return this.flow.list(exchange);
  }

  @Get('schemas/:version/:file')
  schema(@Req() { exchange }: FastifyRequest): Answer {
    return this.flow.schema(exchange);
  }
}
