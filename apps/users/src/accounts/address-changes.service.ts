import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { CodeSender, type PreparedCode } from '../one-time-tokens/code-sender.service.js';
import { EmailChangeSender } from '../one-time-tokens/email-change-sender.service.js';
import { directEmailChange, directPhoneChange, type DirectChange } from './direct-change.js';

export interface WantedAddresses {
  email?: string;
  phone?: string;
  channel: string;
  pkce: boolean;
}

export interface PreparedAddresses {
  /** Changes that have to be confirmed first. */
  codes: PreparedCode[];
  /** Changes that count at once. */
  direct: ((row: UserRow, now: Date) => DirectChange)[];
}

/** New addresses of the own account (accounts.md §20.2 step 9). */
@Injectable()
export class AddressChanges {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly codes: CodeSender,
    private readonly emails: EmailChangeSender,
    private readonly clock: Clock,
  ) {}

  /** Sends what has to be sent, the mail before the message. `user` is shown with the changes that go with it. */
  async prepare(user: UserObject, wanted: WantedAddresses, context: RequestContext): Promise<PreparedAddresses> {
    const { email, phone, channel, pkce } = wanted;
    const codes: PreparedCode[] = [];
    const direct: PreparedAddresses['direct'] = [];
    let shown = user;
    if (email && this.isDirectEmailChange(user)) direct.push((row, now) => directEmailChange(row, email, now));
    else if (email) {
      codes.push(await this.emails.prepare(shown, email, pkce, context));
      shown = { ...shown, new_email: email, email_change_sent_at: this.clock.now().toISOString() };
    }
    if (phone && this.settings.sms.autoconfirm) direct.push((_row, now) => directPhoneChange(phone, now));
    else if (phone)
      codes.push(await this.codes.prepareSms('phone_change', { ...shown, new_phone: phone }, phone, channel, context));
    return { codes, direct };
  }

  /** A visitor gets an address at once where addresses are not confirmed; everybody else has to confirm it. */
  isDirectEmailChange(user: Pick<UserObject, 'is_anonymous'>): boolean {
    return user.is_anonymous && this.settings.mailer.autoconfirm;
  }
}
