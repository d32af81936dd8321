import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { CodeSender } from './code-sender.js';
import { EmailChangeSender } from './email-change-sender.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { NotificationQueue } from './queue-notification.js';
import { ReauthenticationNonce } from './reauthentication-nonce.js';

/** Making and sending codes, for every feature that needs one. */
@Module({
  imports: [AccountRowsModule],
  providers: [CodeSender, EmailChangeSender, NotificationQueue, OneTimeTokensRepository, ReauthenticationNonce],
  exports: [CodeSender, EmailChangeSender, NotificationQueue, OneTimeTokensRepository, ReauthenticationNonce],
})
export class CodesModule {}
