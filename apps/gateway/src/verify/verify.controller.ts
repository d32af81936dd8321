import { Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../http/answer.js';
import { Limited } from '../limits/limited.guard.js';
import { VerifyFlow } from './verify.flow.js';

@Controller('verify')
export class VerifyController {
  constructor(private readonly flow: VerifyFlow) {}

  @Get()
  @Limited('verify')
  openLink(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.openLink(exchange);
  }

  @Post()
  @Limited('verify')
  verify(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.verify(exchange);
  }
}
