import { Controller, Delete, Get, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { AdminFactorsFlow } from './admin-factors.flow.js';

@Controller('admin/users/:user_id/factors')
@AdminOnly()
export class AdminFactorsController {
  constructor(private readonly flow: AdminFactorsFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Put(':factor_id')
  update(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.update(exchange);
  }

  @Delete(':factor_id')
  remove(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.remove(exchange);
  }
}
