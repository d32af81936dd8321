import { Controller } from '@nestjs/common';
import { checkSmsCode, sendSms, type SendSmsInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Handles } from '@usher/messaging/handles';
import { TextMessagesService } from './text-messages.service.js';

@Controller()
export class TextMessagesRpc {
  constructor(private readonly messages: TextMessagesService) {}

  @Handles(sendSms)
  sendSms(input: SendSmsInput, context: RequestContext) {
    return this.messages.send(input, context);
  }

  @Handles(checkSmsCode)
  async checkSmsCode({ phone, code }: { phone: string; code: string }) {
    await this.messages.checkCode(phone, code);
    return {};
  }
}
