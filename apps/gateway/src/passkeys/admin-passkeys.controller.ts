import { Controller, Delete, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { AdminPasskeysFlow } from './admin-passkeys.flow.js';

/** There whether or not users can sign in with passkeys. */
@Controller('admin/users/:user_id/passkeys')
@AdminOnly()
export class AdminPasskeysController {
  constructor(private readonly flow: AdminPasskeysFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Delete(':passkey_id')
  remove(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.remove(exchange);
  }
}
