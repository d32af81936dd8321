import { Controller, Delete, Get, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminOnly } from '../bearer/permissions.js';
import type { Answer } from '../http/answer.js';
import { AdminUsersFlow } from './admin-users.flow.js';

@Controller('admin/users')
@AdminOnly()
export class AdminUsersController {
  constructor(private readonly flow: AdminUsersFlow) {}

  @Get()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Post()
  create(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.create(exchange);
  }

  @Get(':user_id')
  get(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.get(exchange);
  }

  @Put(':user_id')
  update(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.update(exchange);
  }

  @Delete(':user_id')
  delete(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.delete(exchange);
  }
}
