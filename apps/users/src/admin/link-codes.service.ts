import { Injectable } from '@nestjs/common';
import type { Transaction } from '@usher/database/database';
import type { UserRow } from '@usher/database/users/user-row';
import { UsersRepository, type UserPatch } from '../accounts/users.repository.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { LINK_KINDS, linkColumns, staleHalf, type LinkCode } from './action-link.js';

/** Stores the codes of links that nobody mails. */
@Injectable()
export class LinkCodes {
  constructor(
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
  ) {}

  /** `before` is the locked row, undefined for a new user; `more` changes together with the code. */
  async store(
    tx: Transaction,
    userId: string,
    code: LinkCode,
    { before, newEmail, more }: { before?: UserRow; newEmail: string; more?: UserPatch },
    now: Date,
  ): Promise<UserRow> {
    const { type, hash, relatesTo } = code;
    await this.tokens.put(tx, { userId, type: LINK_KINDS[type].token, hash, relatesTo }, now);
    const stale = staleHalf(type, before, newEmail);
    if (stale) await this.tokens.remove(tx, userId, stale);
    const columns = { ...more, ...linkColumns(code, newEmail, now), ...(stale ? { [stale]: '' } : {}) };
    return this.users.update(tx, userId, columns, now);
  }
}
