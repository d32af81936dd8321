import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { Outbox } from '@usher/messaging/outbox';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { userNews } from './account-events.js';

/** `sign_in.failed`, where sign-ins are published at all. */
@Injectable()
export class FailedSignIns {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Does not keep the answer waiting: the time it took would tell that the account exists. */
  record(user: UserWithAssociations, method: string, context: RequestContext): void {
    if (!this.settings.usher.events.signIns) return;
    const event = userNews('sign_in.failed', toUserObject(user), { method });
    this.database
      .transaction((tx) => this.outbox.append(tx, context, null, event))
      .catch((error: unknown) => this.logger.warn({ error }, 'a failed sign-in could not be told'));
  }
}
