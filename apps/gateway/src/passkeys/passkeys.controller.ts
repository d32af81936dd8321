import { Controller, Delete, Get, Patch, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UserOnly } from '../bearer/permissions.js';
import { WithCaptcha } from '../captcha/captcha.guard.js';
import type { Answer } from '../http/answer.js';
import { Limited } from '../limits/limited.guard.js';
import { PasskeysEnabledGuard } from './passkeys-enabled.guard.js';
import { PasskeysFlow } from './passkeys.flow.js';

@Controller('passkeys')
@UseGuards(PasskeysEnabledGuard)
export class PasskeysController {
  constructor(private readonly flow: PasskeysFlow) {}

  @Post('registration/options')
  @UserOnly()
  startRegistration(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.startRegistration(exchange);
  }

  @Post('registration/verify')
  @UserOnly()
  finishRegistration(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.finishRegistration(exchange);
  }

  @Post('authentication/options')
  @WithCaptcha()
  @Limited('passkey')
  startSignIn(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.startSignIn(exchange);
  }

  @Post('authentication/verify')
  signIn(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.signIn(exchange);
  }

  @Get()
  @UserOnly()
  list(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.list(exchange);
  }

  @Patch(':passkey_id')
  @UserOnly()
  rename(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.rename(exchange);
  }

  @Delete(':passkey_id')
  @UserOnly()
  remove(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.remove(exchange);
  }
}
