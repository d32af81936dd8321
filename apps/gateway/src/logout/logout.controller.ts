import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { LogoutFlow } from './logout.flow.js';

@Controller('logout')
@UserOnly()
export class LogoutController {
  constructor(private readonly flow: LogoutFlow) {}

  @Post()
  logOut(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.logOut(exchange);
  }
}
