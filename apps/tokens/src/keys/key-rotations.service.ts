import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { Outbox } from '@usher/messaging/outbox';
import { LiveKeys } from '@usher/runtime/keys/live-keys';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { v5 as uuidv5, validate } from 'uuid';
import { SigningKeysRepository, type UsedKey } from './signing-keys.repository.js';

/** Of event subjects made from ids of keys that are no UUIDs. */
const NAMESPACE = '5b0ce6fd-9f9c-4a53-93c9-6cf2f6a6b0f4';

const CONTEXT: RequestContext = {
  ...{ requestId: '', ip: '', userAgent: '', audience: '', redirectTo: '', externalUrl: '', origin: 'job' },
  actor: { type: 'system', id: null },
};

/** Tells once, whatever number of replicas there is, that a key begins to sign. */
@Injectable()
export class KeyRotations implements OnApplicationBootstrap {
  constructor(
    private readonly keys: LiveKeys,
    private readonly database: Database,
    private readonly used: SigningKeysRepository,
    private readonly outbox: Outbox,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.keys.onChange(() => void this.record());
    await this.record();
  }

  /** The first key of a database is no rotation. A former key that signs again is not told anew. */
  private async record(): Promise<void> {
    const { kid, alg } = this.keys.current.signing!;
    const key: UsedKey = { kid: kid || alg, alg };
    try {
      await this.database.transaction(async (tx) => {
        const previous = await this.used.newest(tx);
        if (!(await this.used.insert(tx, key)) || !previous) return;
        const subject = validate(key.kid) ? key.kid : uuidv5(key.kid, NAMESPACE);
        await this.outbox.append(tx, CONTEXT, null, { type: 'signing_key.rotated', subject, record: key, previous });
      });
    } catch (error) {
      this.logger.warn({ error, kid: key.kid }, 'the rotation could not be recorded');
    }
  }
}
