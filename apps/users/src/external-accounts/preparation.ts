import type { UserObject } from '@usher/contracts/user-object';
import type { DraftAccount } from '../accounts/draft-account.js';
import type { PreparedCode } from '../one-time-tokens/code-sender.service.js';

/** Thrown out of the transaction, which is rolled back: somebody outside has to be asked or told first, and no transaction waits for that. */
export class Unprepared extends Error {
  constructor(readonly need: { draft: DraftAccount } | { mailTo: UserObject }) {
    super('something has to be done outside of the transaction first');
  }
}

/** What has been asked and sent so far in the course of one sign-in. */
export class Preparation {
  private asked: boolean;
  private mail?: { to: string; code: PreparedCode };

  constructor(
    readonly newUserId: string,
    hookEnabled: boolean,
  ) {
    this.asked = !hookEnabled;
  }

  /** The operator's hook has a say in new accounts. */
  askForAccount(draft: DraftAccount): void {
    if (!this.asked) throw new Unprepared({ draft });
  }

  allowed(): void {
    this.asked = true;
  }

  /** A mail that was sent for another address than the account turns out to have is not stored. */
  confirmationMail(user: UserObject): PreparedCode {
    if (this.mail?.to !== user.email) throw new Unprepared({ mailTo: user });
    return this.mail.code;
  }

  sent(to: string, code: PreparedCode): void {
    this.mail = { to, code };
  }
}
