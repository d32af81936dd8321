import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { EndpointRow } from './endpoint.js';

const TABLE = 'auth_events.webhook_endpoints';

const insert = statement<EndpointRow>(
  'webhooks.insert',
  `INSERT INTO ${TABLE} (id, url, description, status, types, fields, secrets, position, created_at, updated_at)
   VALUES ($1, $2, $3, 'pending', $4, $5, $6, $7, $8, $8) RETURNING *`,
);
const all = statement<EndpointRow>('webhooks.all', `SELECT * FROM ${TABLE} ORDER BY created_at, id`);
const one = statement<EndpointRow>('webhooks.one', `SELECT * FROM ${TABLE} WHERE id = $1`);
const change = statement<EndpointRow>(
  'webhooks.change',
  `UPDATE ${TABLE} SET url = $2, description = $3, types = $4, fields = $5, status = $6, updated_at = $7
   WHERE id = $1 RETURNING *`,
);
const setStatus = statement<EndpointRow>(
  'webhooks.setStatus',
  `UPDATE ${TABLE} SET status = $2, reason = $3, updated_at = $4, failures = 0, failing_since = NULL, open_until = NULL
   WHERE id = $1 RETURNING *`,
);
const setSecrets = statement<EndpointRow>(
  'webhooks.setSecrets',
  `UPDATE ${TABLE} SET secrets = $2, updated_at = $3 WHERE id = $1 RETURNING *`,
);
const remove = statement('webhooks.remove', `DELETE FROM ${TABLE} WHERE id = $1`);
const runnable = statement<EndpointRow>(
  'webhooks.runnable',
  `SELECT * FROM ${TABLE} WHERE status = 'active' AND (open_until IS NULL OR open_until <= $1)`,
);
const lock = statement<EndpointRow>(
  'webhooks.lock',
  `SELECT * FROM ${TABLE} WHERE id = $1 AND status = 'active' FOR UPDATE SKIP LOCKED`,
);
const advance = statement('webhooks.advance', `UPDATE ${TABLE} SET position = $2 WHERE id = $1`);
const succeeded = statement(
  'webhooks.succeeded',
  `UPDATE ${TABLE} SET failures = 0, failing_since = NULL, open_until = NULL WHERE id = $1 AND failures > 0`,
);
const failed = statement<EndpointRow>(
  'webhooks.failed',
  `UPDATE ${TABLE} SET failures = failures + 1, failing_since = coalesce(failing_since, $2) WHERE id = $1 RETURNING *`,
);
const open = statement('webhooks.open', `UPDATE ${TABLE} SET open_until = $2 WHERE id = $1`);

export type NewEndpoint = Pick<EndpointRow, 'id' | 'url' | 'description' | 'types' | 'fields' | 'secrets' | 'position'>;

@Injectable()
export class EndpointsRepository {
  constructor(private readonly database: Database) {}

  async insert(row: NewEndpoint, now: Date): Promise<EndpointRow> {
    const { id, url, description, types, fields, secrets, position } = row;
    const values = [id, url, description, types, fields, secrets, position, now];
    return (await this.database.first(insert, values))!;
  }

  all(): Promise<EndpointRow[]> {
    return this.database.rows(all);
  }

  find(id: string): Promise<EndpointRow | undefined> {
    return this.database.first(one, [id]);
  }

  change(row: EndpointRow, now: Date): Promise<EndpointRow | undefined> {
    const { id, url, description, types, fields, status } = row;
    return this.database.first(change, [id, url, description, types, fields, status, now]);
  }

  setStatus(
    id: string,
    status: EndpointRow['status'],
    reason: string | null,
    now: Date,
  ): Promise<EndpointRow | undefined> {
    return this.database.first(setStatus, [id, status, reason, now]);
  }

  setSecrets(id: string, secrets: string, now: Date): Promise<EndpointRow | undefined> {
    return this.database.first(setSecrets, [id, secrets, now]);
  }

  async remove(id: string): Promise<boolean> {
    return (await this.database.run(remove, [id])) > 0;
  }

  /** Active ones that are not left alone for now. */
  runnable(now: Date): Promise<EndpointRow[]> {
    return this.database.rows(runnable, [now]);
  }

  /** Nothing when another worker is at it. */
  lock(tx: Queryable, id: string): Promise<EndpointRow | undefined> {
    return tx.first(lock, [id]);
  }

  async advance(tx: Queryable, id: string, position: number): Promise<void> {
    await tx.run(advance, [id, position]);
  }

  async succeeded(id: string): Promise<void> {
    await this.database.run(succeeded, [id]);
  }

  failed(id: string, now: Date): Promise<EndpointRow | undefined> {
    return this.database.first(failed, [id, now]);
  }

  async leaveAlone(id: string, until: Date): Promise<void> {
    await this.database.run(open, [id, until]);
  }
}
