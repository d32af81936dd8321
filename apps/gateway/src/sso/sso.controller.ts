import { Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { WithCaptcha } from '../captcha/captcha.guard.js';
import type { Answer } from '../http/answer.js';
import { Limited } from '../limits/limited.guard.js';
import { SamlOnly } from './saml-only.guard.js';
import { SamlFlow } from './saml.flow.js';

@Controller('sso')
export class SsoController {
  constructor(private readonly flow: SamlFlow) {}

  @Post()
  @WithCaptcha()
  @Limited('sso')
  @SamlOnly()
  start(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.start(exchange);
  }

  @Get('saml/metadata')
  @SamlOnly()
  metadata(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.metadata(exchange);
  }

  @Post('saml/acs')
  @Limited('samlAssertion')
  @SamlOnly()
  consume(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.consume(exchange);
  }
}
