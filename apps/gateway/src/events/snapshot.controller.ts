import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { SnapshotFlow } from './snapshot.flow.js';

@Controller('events')
@AdminOnly()
export class SnapshotController {
  constructor(private readonly flow: SnapshotFlow) {}

  @Get('snapshot')
  snapshot(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.snapshot(exchange);
  }

  @Get('digest')
  digest(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.digest(exchange);
  }

  @Get('stats')
  stats(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.stats(exchange);
  }
}
