import { Controller, Delete, Get, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { CustomProvidersFlow } from './custom-providers.flow.js';

@Controller('admin/custom-providers')
@AdminOnly()
export class CustomProvidersController {
  constructor(private readonly flow: CustomProvidersFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Post()
  create(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.create(exchange);
  }

  @Get(':identifier')
  get(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.get(exchange);
  }

  @Put(':identifier')
  update(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.update(exchange);
  }

  @Delete(':identifier')
  delete(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.delete(exchange);
  }
}
