import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { WithCaptcha } from '../captcha/captcha.guard.js';
import type { Answer } from '../http/answer.js';
import { SignUpFlow } from './sign-up.flow.js';

@Controller('signup')
export class SignUpController {
  constructor(private readonly flow: SignUpFlow) {}

  @Post()
  @WithCaptcha()
  signUp(@Req() { exchange }: FastifyRequest): Promise<Answer> {
    return this.flow.signUp(exchange);
  }
}
