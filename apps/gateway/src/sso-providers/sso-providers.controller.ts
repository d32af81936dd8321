import { Controller, Delete, Get, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { SsoProvidersFlow } from './sso-providers.flow.js';

@Controller('admin/sso/providers')
@AdminOnly()
export class SsoProvidersController {
  constructor(private readonly flow: SsoProvidersFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Post()
  create(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.create(exchange);
  }

  @Get(':idp_id')
  get(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.get(exchange);
  }

  @Put(':idp_id')
  update(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.update(exchange);
  }

  @Delete(':idp_id')
  delete(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.delete(exchange);
  }
}
