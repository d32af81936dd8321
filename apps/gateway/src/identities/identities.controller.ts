import { Controller, Delete, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { IdentitiesFlow } from './identities.flow.js';

@Controller('user/identities')
@UserOnly()
export class IdentitiesController {
  constructor(private readonly flow: IdentitiesFlow) {}

  @Delete(':identity_id')
  unlink(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.unlink(exchange);
  }
}
