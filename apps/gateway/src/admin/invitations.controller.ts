import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { InvitationsFlow } from './invitations.flow.js';

@Controller()
@AdminOnly()
export class InvitationsController {
  constructor(private readonly flow: InvitationsFlow) {}

  @Post('invite')
  invite(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.invite(exchange);
  }

  @Post('admin/generate_link')
  generateLink(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.generateLink(exchange);
  }
}
