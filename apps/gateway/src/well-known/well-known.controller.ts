import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../http/answer.js';
import { WellKnownFlow } from './well-known.flow.js';

@Controller('.well-known')
export class WellKnownController {
  constructor(private readonly flow: WellKnownFlow) {}

  @Get('jwks.json')
  jwks(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.jwks(exchange);
  }

  @Get('openid-configuration')
  openIdConfiguration(): Answer {
    return this.flow.openIdConfiguration();
  }
}
