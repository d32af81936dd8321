import { Controller, Delete, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { FactorsFlow } from './factors.flow.js';

@Controller('factors')
@UserOnly()
export class FactorsController {
  constructor(private readonly flow: FactorsFlow) {}

  @Post()
  enrol(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.enrol(exchange);
  }

  @Post(':factor_id/challenge')
  challenge(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.challenge(exchange);
  }

  @Post(':factor_id/verify')
  verify(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.verify(exchange);
  }

  @Delete(':factor_id')
  remove(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.remove(exchange);
  }
}
