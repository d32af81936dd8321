import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { SendEmailInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { HookCaller } from '@usher/hooks/hook-caller';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { SendLimit } from '../limits/send-limit.js';
import { MAIL_OUTLET, type MailOutlet } from '../smtp/mail.js';
import { ACTION_MAILS } from './action-mails.js';
import { checkAuthorized } from './authorized-addresses.js';
import { DEFAULT_TEMPLATES } from './default-templates.js';
import { emailData } from './email-data.js';
import { renderHtml, renderText } from './render.js';
import { TemplateCache } from './template-cache.js';
import { actionVariables, type Delivery } from './variables.js';

/** Sends action mails (mail-and-sms.md §3). */
@Injectable()
export class EmailsService {
  private readonly limit: SendLimit;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(MAIL_OUTLET) private readonly outlet: MailOutlet,
    private readonly hooks: HookCaller,
    private readonly templates: TemplateCache,
    private readonly clock: Clock,
  ) {
    this.limit = new SendLimit(settings.rateLimits.emailSent, clock.now().getTime());
  }

  async send(input: SendEmailInput, context: RequestContext): Promise<void> {
    const { authorizedAddresses } = this.settings.external.email;
    for (const address of [input.to, input.current?.to]) if (address) checkAuthorized(address, authorizedAddresses);
    this.takeFromLimit();
    if (this.hooks.isEnabled('send_email')) {
      await this.hooks.call('send_email', { user: input.user, email_data: emailData(input, context) }, context);
      return;
    }
    const next = { to: input.to, secret: input.secret };
    const deliveries = input.current ? [next, input.current] : [next];
    try {
      await Promise.all(deliveries.map((delivery) => this.deliver(input, delivery, context)));
    } catch (cause) {
      if (cause instanceof AuthError) throw cause;
      throw new AuthError('unexpected_failure', `Error sending ${ACTION_MAILS[input.action].name} email`, { cause });
    }
  }

  /** A limit of 0 refuses every mail; otherwise autoconfirm lifts the limit (accounts.md §6.2). */
  private takeFromLimit(): void {
    const { emailSent } = this.settings.rateLimits;
    const blocked = emailSent.kind === 'window' ? emailSent.events === 0 : emailSent.burst === 0;
    if (!blocked && this.settings.mailer.autoconfirm) return;
    if (blocked || !this.limit.take(this.clock.now().getTime()))
      throw new AuthError('over_email_send_rate_limit', 'email rate limit exceeded');
  }

  private async deliver(input: SendEmailInput, delivery: Delivery, context: RequestContext): Promise<void> {
    const { kind, messageType } = ACTION_MAILS[input.action];
    const { mailer } = this.settings;
    const variables = actionVariables(input, delivery, this.settings, context);
    const fallback = DEFAULT_TEMPLATES[input.action];
    const html = (await this.templates.get(mailer.templates[kind])) ?? fallback.html;
    await this.outlet.send({
      to: delivery.to,
      subject: renderText(mailer.subjects[kind] || fallback.subject, variables),
      html: renderHtml(html, variables),
      type: messageType,
    });
  }
}
