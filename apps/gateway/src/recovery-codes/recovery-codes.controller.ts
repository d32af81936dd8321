import { Controller, Delete, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { Limited } from '../limits/limited.guard.js';
import { RecoveryCodesFlow } from './recovery-codes.flow.js';

/** Ours, on the routes that supabase-js has for them (docs/mfa.md). */
@Controller('factors/recovery-codes')
@UserOnly()
export class RecoveryCodesController {
  constructor(private readonly flow: RecoveryCodesFlow) {}

  @Get()
  state(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.state(exchange);
  }

  @Post()
  generate(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.generate(exchange);
  }

  @Post('regenerate')
  regenerate(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.regenerate(exchange);
  }

  @Delete()
  remove(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.remove(exchange);
  }

  @Post('verify')
  @Limited('factorVerify')
  verify(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.verify(exchange);
  }
}
