import { Controller, Delete, Get, Patch, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../http/answer.js';
import { ScimFlow } from './scim.flow.js';

const ANY = '*';

@Controller('scim/v2')
export class ScimController {
  constructor(private readonly flow: ScimFlow) {}

  @Get(ANY)
  get(@Req() { exchange }: FastifyRequest): Answer {
    return this.flow.answer(exchange);
  }

  @Post(ANY)
  post(@Req() { exchange }: FastifyRequest): Answer {
    return this.flow.answer(exchange);
  }

  @Put(ANY)
  put(@Req() { exchange }: FastifyRequest): Answer {
    return this.flow.answer(exchange);
  }

  @Patch(ANY)
  patch(@Req() { exchange }: FastifyRequest): Answer {
    return this.flow.answer(exchange);
  }

  @Delete(ANY)
  delete(@Req() { exchange }: FastifyRequest): Answer {
    return this.flow.answer(exchange);
  }
}
