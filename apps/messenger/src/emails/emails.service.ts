import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { EmailAction, SendEmailInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { HookCaller } from '@usher/hooks/hook-caller';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { SendLimit } from '../limits/send-limit.js';
import { MAIL_OUTLET, type MailOutlet } from '../smtp/mail.js';
import { checkAuthorized } from './authorized-addresses.js';
import { DEFAULT_TEMPLATES, TEMPLATE_OF } from './default-templates.js';
import { emailData } from './email-data.js';
import { buildLink } from './link.js';
import { renderHtml, renderText } from './render.js';
import { TemplateCache } from './template-cache.js';

/** What clients read when a mail could not be sent (accounts.md §11.1). */
const NAMES: Record<EmailAction, string> = {
  signup: 'confirmation',
  invite: 'invite',
  recovery: 'recovery',
  magiclink: 'magic link',
  email_change: 'email change',
  reauthentication: 'reauthentication',
};

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
    if (this.hooks.isEnabled('sendEmail')) {
      await this.hooks.call('sendEmail', { user: input.user, email_data: emailData(input, context) }, context);
      return;
    }
    try {
      if (input.current) await this.deliver(input, input.current, context);
      await this.deliver(input, { to: input.to, secret: input.secret }, context);
    } catch (cause) {
      throw new AuthError('unexpected_failure', `Error sending ${NAMES[input.action]} email`, { cause });
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

  private async deliver(
    { action, user, to: newAddress }: SendEmailInput,
    { to, secret }: { to: string; secret: { otp: string; tokenHash: string } },
    { externalUrl, redirectTo }: RequestContext,
  ): Promise<void> {
    const kind = TEMPLATE_OF[action];
    const { mailer, site } = this.settings;
    const paths = { ...mailer.urlPaths, magicLink: mailer.urlPaths.recovery, reauthentication: '/verify' };
    const link = buildLink({ externalUrl, path: paths[kind], token: secret.tokenHash, type: action, redirectTo });
    const variables = {
      SiteURL: site.url,
      ConfirmationURL: link,
      Email: user.email,
      NewEmail: newAddress,
      SendingTo: to,
      Token: secret.otp,
      TokenHash: secret.tokenHash,
      Data: user.user_metadata ?? {},
      RedirectTo: redirectTo,
    };
    const fallback = DEFAULT_TEMPLATES[action];
    const html = (await this.templates.get(mailer.templates[kind])) ?? fallback.html;
    const subject = mailer.subjects[kind] || fallback.subject;
    await this.outlet.send({ to, subject: renderText(subject, variables), html: renderHtml(html, variables), type: kind });
  }
}
