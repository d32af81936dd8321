import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuthError } from '@usher/contracts/errors';
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

  /** RFC 8414; there is no authorization server yet, and clients that ask are told so as by the reference while it is off. */
  @Get('oauth-authorization-server')
  authorizationServer(): never {
    throw new AuthError('feature_disabled', 'OAuth server is disabled');
  }
}
