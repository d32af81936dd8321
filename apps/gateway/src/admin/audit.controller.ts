import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { AuditFlow } from './audit.flow.js';

@Controller('admin/audit')
@AdminOnly()
export class AuditController {
  constructor(private readonly flow: AuditFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }
}
