import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type {
  EmailAction,
  Notification,
  QueuedNotification,
  SendEmailInput,
} from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import { HookCaller } from '@usher/hooks/hook-caller';
import { Clock } from '@usher/runtime/clock';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { AddressChecks } from '../address-checks/address-checks.service.js';
import { SendLimit } from '../limits/send-limit.js';
import { MAIL_OUTLET, type MailOutlet } from '../smtp/mail.js';
import { ACTION_MAILS } from './action-mails.js';
import { checkAuthorized } from './authorized-addresses.js';
import { defaultTemplate, languageOf, type MailTemplate } from './default-templates.js';
import { emailData, notificationData } from './email-data.js';
import { NOTIFICATION_MAILS } from './notification-mails.js';
import { plainText } from './plain-text.js';
import { isReadable, renderHtml, renderText, type Variables } from './render.js';
import { TemplateCache } from './template-cache.js';
import { actionVariables, notificationVariables, type Delivery } from './variables.js';

interface Rendering {
  to: string;
  kind: keyof Settings['mailer']['templates'];
  messageType: string;
  fallback: MailTemplate;
  variables: Variables;
}

/** Sends mails (mail-and-sms.md §3). */
@Injectable()
export class EmailsService {
  private readonly limit: SendLimit;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(MAIL_OUTLET) private readonly outlet: MailOutlet,
    private readonly hooks: HookCaller,
    private readonly templates: TemplateCache,
    private readonly addresses: AddressChecks,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
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
    const sending = Promise.all(deliveries.map((delivery) => this.deliver(this.rendering(input, delivery, context))));
    if (this.settings.mailer.emailBackgroundSending) {
      sending.catch((error: unknown) => this.logger.error({ error, action: input.action }, 'a mail could not be sent'));
      return;
    }
    try {
      await sending;
    } catch (cause) {
      if (cause instanceof AuthError) throw cause;
      throw new AuthError('unexpected_failure', `Error sending ${ACTION_MAILS[input.action].name} email`, { cause });
    }
  }

  /** Sends one queued notification; the worker decides what becomes of a failure. */
  async notify(message: QueuedNotification): Promise<void> {
    const { notification, user, to } = message;
    checkAuthorized(to, this.settings.external.email.authorizedAddresses);
    this.takeFromLimit();
    if (this.hooks.isEnabled('send_email')) {
      const context = this.contextOf(message);
      await this.hooks.call('send_email', { user, email_data: notificationData(message, context) }, context);
      return;
    }
    const kind = NOTIFICATION_MAILS[notification];
    const fallback = this.builtIn(notification, user);
    const variables = notificationVariables(message, this.settings.site.url);
    await this.deliver({ to, kind, messageType: notification, fallback, variables });
  }

  private contextOf({ context }: QueuedNotification): RequestContext {
    const { site, api } = this.settings;
    const request = context ?? { ip: '', redirectTo: site.url, externalUrl: api.externalUrl };
    return {
      ...{ requestId: '', userAgent: '', audience: '', origin: 'job', actor: { type: 'system', id: null } },
      ...request,
    };
  }

  /** A limit of 0 refuses every mail; otherwise autoconfirm lifts the limit (accounts.md §6.2). */
  private takeFromLimit(): void {
    const { emailSent } = this.settings.rateLimits;
    const blocked = emailSent.kind === 'window' ? emailSent.events === 0 : emailSent.burst === 0;
    if (!blocked && this.settings.mailer.autoconfirm) return;
    if (blocked || !this.limit.take(this.clock.now().getTime()))
      throw new AuthError('over_email_send_rate_limit', 'email rate limit exceeded');
  }

  private rendering(input: SendEmailInput, delivery: Delivery, context: RequestContext): Rendering {
    const { kind, messageType } = ACTION_MAILS[input.action];
    const variables = actionVariables(input, delivery, this.settings, context);
    return { to: delivery.to, kind, messageType, fallback: this.builtIn(input.action, input.user), variables };
  }

  private builtIn(mail: EmailAction | Notification, { user_metadata }: UserObject): MailTemplate {
    return defaultTemplate(mail, languageOf(user_metadata, this.settings.usher.mailLanguages));
  }

  private async deliver({ to, kind, messageType, fallback, variables }: Rendering): Promise<void> {
    const { subject, html } = await this.template(kind, fallback);
    const withText = html === fallback.html || this.settings.usher.mailTextOfTemplates;
    const body = renderHtml(html, variables);
    await this.addresses.check(to);
    const text = withText ? plainText(body) : undefined;
    await this.outlet.send({ to, subject: renderText(subject, variables), html: body, text, type: messageType });
  }

  /** The operator's subject and body; when one of them cannot be had, both give way to the built-in ones. */
  private async template(kind: Rendering['kind'], builtIn: MailTemplate): Promise<MailTemplate> {
    const { subjects, templates } = this.settings.mailer;
    const subject = subjects[kind] || builtIn.subject;
    if (!isReadable(subject)) return builtIn;
    if (!templates[kind]) return { ...builtIn, subject };
    const html = await this.templates.get(templates[kind]);
    return html === null ? builtIn : { subject, html };
  }
}
