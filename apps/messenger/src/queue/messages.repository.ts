import { Injectable } from '@nestjs/common';
import type { QueuedNotification } from '@usher/contracts/messenger/messages.contract';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';

export interface QueuedMessage {
  id: string;
  payload: QueuedNotification;
  /** With the present one. */
  attempts: number;
}

// The lock ends with the statement, so the row is put off as well: nobody else takes it while it is being sent.
const claim = statement<QueuedMessage>(
  'messages.claim',
  `UPDATE auth_events.messages SET attempts = attempts + 1, next_attempt_at = $1::timestamptz + $2 * interval '1 millisecond'
   WHERE id IN (
     SELECT id FROM auth_events.messages
     WHERE kind = 'email' AND sent_at IS NULL AND failed_at IS NULL AND next_attempt_at <= $1 AND expires_at > $1
     ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
   )
   RETURNING id, payload, attempts`,
);
const remove = statement('messages.remove', `DELETE FROM auth_events.messages WHERE id = $1 AND attempts = $2`);
const putOff = statement(
  'messages.putOff',
  `UPDATE auth_events.messages SET next_attempt_at = $3, last_error = $4 WHERE id = $1 AND attempts = $2`,
);
const removeExpired = statement('messages.removeExpired', `DELETE FROM auth_events.messages WHERE expires_at <= $1`);

/** Work of the messenger. A row is deleted as soon as it is done with: it holds personal data. */
@Injectable()
export class MessagesRepository {
  constructor(private readonly database: Database) {}

  /** Takes messages that are due, for `leaseMs`: when a process dies while sending, another takes them after that. */
  claim(now: Date, leaseMs: number, limit: number): Promise<QueuedMessage[]> {
    return this.database.rows(claim, [now, leaseMs, limit]);
  }

  async remove({ id, attempts }: QueuedMessage): Promise<void> {
    await this.database.run(remove, [id, attempts]);
  }

  async putOff({ id, attempts }: QueuedMessage, until: Date, reason: string): Promise<void> {
    await this.database.run(putOff, [id, attempts, until, reason]);
  }

  removeExpired(now: Date): Promise<number> {
    return this.database.run(removeExpired, [now]);
  }
}
