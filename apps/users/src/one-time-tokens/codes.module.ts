import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { ChangeNotices } from './change-notices.service.js';
import { CodeSender } from './code-sender.service.js';
import { EmailChangeSender } from './email-change-sender.service.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { NotificationQueue } from './notification-queue.service.js';
import { ReauthenticationNonce } from './reauthentication-nonce.service.js';

/** Making and sending codes, for every feature that needs one. */
@Module({
  imports: [AccountRowsModule],
  providers: [
    ChangeNotices,
    CodeSender,
    EmailChangeSender,
    NotificationQueue,
    OneTimeTokensRepository,
    ReauthenticationNonce,
  ],
  exports: [
    ChangeNotices,
    CodeSender,
    EmailChangeSender,
    NotificationQueue,
    OneTimeTokensRepository,
    ReauthenticationNonce,
  ],
})
export class CodesModule {}
