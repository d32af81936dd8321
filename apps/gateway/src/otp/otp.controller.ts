import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { WithCaptcha } from '../captcha/captcha.guard.js';
import type { Answer } from '../http/answer.js';
import { Limited } from '../limits/limited.guard.js';
import { OtpFlow } from './otp.flow.js';

@Controller()
export class OtpController {
  constructor(private readonly flow: OtpFlow) {}

  @Post('otp')
  @WithCaptcha()
  @Limited('otp')
  otp(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.otp(exchange);
  }

  @Post('magiclink')
  @WithCaptcha()
  @Limited('magicLink')
  magicLink(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.magicLink(exchange);
  }

  @Post('recover')
  @WithCaptcha()
  @Limited('recover')
  recover(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.recover(exchange);
  }

  @Post('resend')
  @WithCaptcha()
  @Limited('resend')
  resend(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.resend(exchange);
  }
}
