import { Global, Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { Captcha } from './captcha.js';

@Global()
@Module({ imports: [BearerModule], providers: [Captcha], exports: [Captcha] })
export class CaptchaModule {}
