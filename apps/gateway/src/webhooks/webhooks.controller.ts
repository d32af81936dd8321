import { Controller, Delete, Get, Patch, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { WebhooksFlow } from './webhooks.flow.js';

@Controller('webhooks')
@AdminOnly()
export class WebhooksController {
  constructor(private readonly flow: WebhooksFlow) {}

  @Post()
  create(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.create(exchange);
  }

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Get(':id')
  get(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.get(exchange);
  }

  @Patch(':id')
  update(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.update(exchange);
  }

  @Delete(':id')
  remove(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.remove(exchange);
  }

  @Post(':id/pause')
  pause(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.switch(exchange, 'pause');
  }

  @Post(':id/resume')
  resume(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.switch(exchange, 'resume');
  }

  @Post(':id/verify')
  verify(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.switch(exchange, 'verify');
  }

  @Post(':id/rotate-secret')
  rotate(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.rotate(exchange);
  }

  @Post(':id/test')
  test(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.test(exchange);
  }

  @Post(':id/redeliver')
  redeliver(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.redeliver(exchange);
  }

  @Get(':id/deliveries')
  deliveries(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.deliveries(exchange);
  }

  @Delete(':id/deliveries/:delivery')
  drop(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.drop(exchange);
  }
}
