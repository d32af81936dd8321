import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { MAIL_OUTLET, type MailOutlet } from './mail.js';
import { mailboxOutlet } from './mailbox.client.js';
import { smtpOutlet } from './smtp.client.js';

/** Without a server and a mailbox mails are dropped, as the reference does. */
const NOWHERE: MailOutlet = { send: () => Promise.resolve(), close: () => undefined };

function chooseOutlet(settings: Settings): MailOutlet {
  if (settings.usher.mailboxDir) return mailboxOutlet(settings.usher.mailboxDir, settings);
  return settings.smtp.host ? smtpOutlet(settings) : NOWHERE;
}

@Module({ providers: [{ provide: MAIL_OUTLET, useFactory: chooseOutlet, inject: [SETTINGS] }], exports: [MAIL_OUTLET] })
export class SmtpModule implements OnApplicationShutdown {
  constructor(@Inject(MAIL_OUTLET) private readonly outlet: MailOutlet) {}

  onApplicationShutdown(): void {
    this.outlet.close();
  }
}
