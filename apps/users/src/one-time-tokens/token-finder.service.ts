import { Inject, Injectable } from '@nestjs/common';
import { checkSmsCode } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import type { VerifyTokenInput } from '@usher/contracts/users/one-time-tokens.contract';
import type { UserRow, UserWithAssociations } from '@usher/database/users/user-row';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { normalizeEmail, normalizePhone } from '../accounts/address.js';
import { isBanned } from '../accounts/ban.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { hashCode, type TokenType } from './one-time-code.js';
import { codeExpired, invalid, linkExpired, unprocessable, userBanned } from './one-time-tokens.errors.js';
import { OneTimeTokensRepository, type OneTimeTokenRow } from './one-time-tokens.repository.js';
import { testOtpFor } from './test-otp.js';
import {
  codeSlots,
  effectiveType,
  isBoundTo,
  isTooOld,
  linkSlots,
  slotOfCode,
  type VerificationType,
} from './verification.js';

/** A token that was right when it was looked at; whether it still is, the transaction that uses it up decides. */
export interface FoundToken {
  user: UserWithAssociations;
  type: VerificationType;
  /** Undefined for codes that are kept elsewhere: of test numbers, of Twilio Verify. */
  slot?: TokenType;
  /** The token's own row, where it was found by its hash. */
  row?: OneTimeTokenRow;
}

interface CodeOf {
  type: string;
  code: string;
  context: RequestContext;
}

/** accounts.md §10.4, §17.3, §17.4. */
@Injectable()
export class TokenFinder {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /** Errors: `otp_expired` for whatever is wrong with the token, `user_banned`, `validation_failed`. */
  find({ type, token = '', tokenHash, email, phone }: VerifyTokenInput, context: RequestContext): Promise<FoundToken> {
    if (tokenHash) return this.byHash(type, [tokenHash], linkExpired);
    if (phone) return this.bySms(normalizePhone(phone), { type, code: token, context });
    const address = validEmail(email ?? '');
    if (type === 'email_change') {
      const hashes = [hashCode(address, token), hashCode(address, token, true)];
      return this.byHash(type, hashes, codeExpired);
    }
    return this.byMail(address, { type, code: token, context });
  }

  private async byHash(type: string, hashes: string[], expired: () => Error): Promise<FoundToken> {
    const row = await this.findRow(hashes, linkSlots(type));
    const user = row && (await this.users.findById(row.user_id));
    if (!user || !isBoundTo(user, row.token_type, row.relates_to)) throw expired();
    this.refuseBanned(user);
    if (isTooOld(user, row.token_type, this.settings.mailer.otpExp, this.clock.now())) throw expired();
    return { user, row, slot: row.token_type, type: effectiveType(type, row.token_type) };
  }

  private async findRow(hashes: string[], slots: readonly TokenType[]): Promise<OneTimeTokenRow | undefined> {
    for (const hash of hashes) {
      const row = await this.tokens.findByHash(hash, slots);
      if (row) return row;
    }
    return undefined;
  }

  private async byMail(address: string, { type, code, context }: CodeOf): Promise<FoundToken> {
    const user = await this.users.findByEmail(context.audience, address);
    if (!user) throw codeExpired();
    this.refuseBanned(user);
    const slots = type === 'sms' || type === 'phone_change' ? [] : codeSlots(type);
    return this.stored(user, slots, address, { type, code, context }, this.settings.mailer.otpExp);
  }

  private async bySms(phone: string, { type, code, context }: CodeOf): Promise<FoundToken> {
    const isChange = type === 'phone_change';
    if (!isChange && type !== 'sms') throw codeExpired();
    const { audience } = context;
    const user = await (isChange
      ? this.users.findByPendingPhone(audience, phone)
      : this.users.findByPhone(audience, phone));
    if (!user) throw codeExpired();
    this.refuseBanned(user);
    const { sms, hooks } = this.settings;
    if (testOtpFor(sms, phone, this.clock.now()) === code) return { user, type };
    if (sms.provider !== 'twilio_verify' || hooks.sendSms.enabled)
      return this.stored(user, codeSlots(type), phone, { type, code, context }, sms.otpExp);
    await this.rpc.call(checkSmsCode, { phone, code }, context);
    return { user, type };
  }

  private stored(
    user: UserWithAssociations,
    slots: readonly TokenType[],
    address: string,
    { type, code }: CodeOf,
    lifetime: number,
  ): FoundToken {
    const slot = slotOfCode(user, slots, address, code, lifetime, this.clock.now());
    if (!slot) throw codeExpired();
    return { user, slot, type: effectiveType(type, slot) };
  }

  private refuseBanned(user: UserRow): void {
    if (isBanned(user, this.clock.now())) throw userBanned();
  }
}

function validEmail(email: string): string {
  if (!email) throw invalid('Only an email address or phone number should be provided on verify');
  try {
    return normalizeEmail(email);
  } catch {
    throw unprocessable('Invalid email format');
  }
}
