import { Controller, Delete, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import { OAuthFlow } from '../oauth/oauth.flow.js';
import type { Answer } from '../http/answer.js';
import { IdentitiesFlow } from './identities.flow.js';

@Controller('user/identities')
@UserOnly()
export class IdentitiesController {
  constructor(
    private readonly flow: IdentitiesFlow,
    private readonly oauth: OAuthFlow,
  ) {}

  @Get('authorize')
  link(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.oauth.link(exchange);
  }

  @Delete(':identity_id')
  unlink(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.unlink(exchange);
  }
}
