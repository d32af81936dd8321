import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { CaptchaModule } from '../captcha/captcha.module.js';
import { AdminPasskeysController } from './admin-passkeys.controller.js';
import { AdminPasskeysFlow } from './admin-passkeys.flow.js';
import { PasskeysController } from './passkeys.controller.js';
import { PasskeysFlow } from './passkeys.flow.js';

@Module({
  imports: [BearerModule, CaptchaModule],
  controllers: [PasskeysController, AdminPasskeysController],
  providers: [PasskeysFlow, AdminPasskeysFlow],
})
export class PasskeysModule {}
