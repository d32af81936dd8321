import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { UserRow } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { normalizeEmail } from '../accounts/address.js';
import { linkingDomains } from '../accounts/linking-domains.js';
import { UsersRepository } from '../accounts/users.repository.js';
import type { LinkType } from './action-link.js';
import { emailTaken } from './admin-users.errors.js';

/** Addresses that a user is to change to by a link. */
@Injectable()
export class NewAddresses {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
  ) {}

  /** The address in the form that is stored. Throws when it is none, when another user has it, or when there is no such link. */
  async check(user: UserRow, type: LinkType, address: string): Promise<string> {
    if (type === 'email_change_current' && !this.settings.mailer.secureEmailChangeEnabled)
      throw new AuthError('validation_failed', 'Enable secure email change to generate link for current email');
    const email = normalizeEmail(address);
    const domains = linkingDomains(this.settings.experimental);
    if (await this.users.findDuplicate(user.aud ?? '', email, domains, user.id)) throw emailTaken();
    return email;
  }
}
