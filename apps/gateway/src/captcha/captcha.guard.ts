import { Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Captcha } from './captcha.js';

@Injectable()
export class CaptchaGuard implements CanActivate {
  constructor(private readonly captcha: Captcha) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.captcha.check(context.switchToHttp().getRequest<FastifyRequest>().exchange);
    return true;
  }
}

/** The route needs a captcha where captchas are switched on. */
export const WithCaptcha = () => UseGuards(CaptchaGuard);
