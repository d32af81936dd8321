import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { judgeAddress } from './address.js';
import { BUDGET_MS, MailHosts, type MailHostsVerdict } from './mail-hosts.client.js';
import { serviceRefuses } from './validation-service.client.js';

/** Checks recipients before a mail goes to them (mail-and-sms.md §3.2), as far as the operator wants it. */
@Injectable()
export class AddressChecks {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly hosts: MailHosts,
  ) {}

  /** @throws AuthError `email_address_invalid`; Error for a mail host that is blocked, which clients are not told. */
  async check(address: string): Promise<void> {
    const { extended, serviceUrl, blockedMx } = this.settings.mailer.emailValidation;
    const byRules = extended ? judgeAddress(address) : { verdict: 'accepted' as const };
    if (byRules.verdict === 'refused') throw invalid(address);
    const [byDns, byService] = await Promise.all([
      byRules.verdict === 'ask DNS' ? this.askDns(byRules.host, blockedMx) : 'accepted',
      serviceUrl ? this.askService(address) : false,
    ]);
    if (byDns === 'blocked') throw new Error('the mail host of the recipient is blocked');
    if (byDns === 'refused' || byService) throw invalid(address);
  }

  private askDns(host: string, blockedMx: readonly string[]): Promise<MailHostsVerdict> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<MailHostsVerdict>((resolve) => {
      timer = setTimeout(() => resolve('accepted'), BUDGET_MS);
    });
    return Promise.race([this.hosts.judge(host, blockedMx), tooLate]).finally(() => clearTimeout(timer));
  }

  private askService(address: string): Promise<boolean> {
    return serviceRefuses(address, this.settings.mailer.emailValidation, AbortSignal.timeout(BUDGET_MS));
  }
}

function invalid(address: string): AuthError {
  return new AuthError('email_address_invalid', `Email address "${address}" is invalid`);
}
