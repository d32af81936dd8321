import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { Transaction } from '@usher/database/database';
import type { UserRow } from '@usher/database/users/user-row';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { codeMatches, isExpired } from './one-time-code.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';

const INVALID = 'Nonce has expired or is invalid';

/** The code that proves a person before a change of password (accounts.md §20.4). */
@Injectable()
export class ReauthenticationNonce {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly tokens: OneTimeTokensRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws `reauthentication_not_valid` unless the nonce is the one that was sent and still in time. */
  check(user: UserRow, nonce: string): void {
    const address = user.email || user.phone;
    if (!address)
      throw new AuthError('reauthentication_not_valid', 'Reauthentication requires an email or a phone number');
    const lifetime = user.email ? this.settings.mailer.otpExp : this.settings.sms.otpExp;
    const late = isExpired(user.reauthentication_sent_at, lifetime, this.clock.now());
    if (late || !codeMatches(user.reauthentication_token, address, nonce))
      throw new AuthError('reauthentication_not_valid', INVALID);
  }

  /** Uses it up together with the change it allows: a failed change leaves it valid. */
  async consume(tx: Transaction, userId: string): Promise<{ reauthentication_token: string }> {
    await this.tokens.removeAll(tx, userId);
    return { reauthentication_token: '' };
  }
}
