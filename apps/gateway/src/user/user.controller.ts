import { Controller, Get, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { UserFlow } from './user.flow.js';

@Controller()
@UserOnly()
export class UserController {
  constructor(private readonly flow: UserFlow) {}

  @Get('user')
  get(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.get(exchange);
  }

  @Put('user')
  update(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.update(exchange);
  }

  @Get('reauthenticate')
  reauthenticate(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.reauthenticate(exchange);
  }
}
