import { Module } from '@nestjs/common';
import { HooksModule } from '@usher/hooks/hooks.module';
import { EmailsModule } from './emails/emails.module.js';
import { QueueModule } from './queue/queue.module.js';
import { TextMessagesRpc } from './sms/text-messages.rpc.js';
import { TextMessagesService } from './sms/text-messages.service.js';

@Module({
  imports: [HooksModule, EmailsModule, QueueModule],
  controllers: [TextMessagesRpc],
  providers: [TextMessagesService],
})
export class MessengerModule {}
