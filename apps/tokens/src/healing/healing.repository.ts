import { Injectable } from '@nestjs/common';
import type { Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { FedEvent } from './ending-events.js';

const claim = statement<{ position: number }>(
  'healing.claim',
  'SELECT position FROM auth_events.session_healing FOR UPDATE SKIP LOCKED',
);

const newest = statement<{ position: number | null }>(
  'healing.newest',
  'SELECT max(position) AS position FROM auth_events.outbox',
);

const read = statement<FedEvent>(
  'healing.read',
  `SELECT position, type, subject_id, version, data->'context'->>'session_id' AS session_id
   FROM auth_events.outbox WHERE position > $1 AND position <= $2 AND type = ANY ($3) ORDER BY position LIMIT $4`,
);

const advance = statement('healing.advance', 'UPDATE auth_events.session_healing SET position = $1');

/** The feed as far as it has positions, which are dense: nothing can come in before the cursor. */
@Injectable()
export class HealingRepository {
  /** The cursor, for this transaction; undefined while another replica has it. */
  async claim(tx: Transaction): Promise<number | undefined> {
    return (await tx.first(claim))?.position;
  }

  async newest(tx: Transaction): Promise<number> {
    return (await tx.first(newest))?.position ?? 0;
  }

  read(tx: Transaction, after: number, until: number, types: readonly string[], limit: number): Promise<FedEvent[]> {
    return tx.rows(read, [after, until, types, limit]);
  }

  async advance(tx: Transaction, position: number): Promise<void> {
    await tx.run(advance, [position]);
  }
}
