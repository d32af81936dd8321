import { Controller } from '@nestjs/common';
import { sendEmail, type SendEmailInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Handles } from '@usher/messaging/handles';
import { EmailsService } from './emails.service.js';

@Controller()
export class EmailsRpc {
  constructor(private readonly emails: EmailsService) {}

  @Handles(sendEmail)
  async sendEmail(input: SendEmailInput, context: RequestContext) {
    await this.emails.send(input, context);
    return {};
  }
}
