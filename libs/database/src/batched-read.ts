import type { Queryable } from './database.js';
import type { Statement } from './statement.js';

const MOST = 64;

interface Asked<Row> {
  key: readonly unknown[];
  resolve: (row: Row | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * One row by key, where many are asked for at once: all that come in the same turn of the event loop share a round trip, which costs half of what they
 * would by themselves (docs/performance.md). A single one goes out as fast as without. The statement takes one array for each part of the key, and
 * says in `asked` (from 1) to which of them a row belongs:
 *
 * `SELECT q.asked, … FROM unnest($1::uuid[]) WITH ORDINALITY AS q(id, asked) JOIN …`
 *
 * An error fails all that share it: parts of the key must be of the right form already.
 */
export class BatchedRead<Row extends { asked: number }> {
  private waiting: Asked<Row>[] = [];

  constructor(
    private readonly on: Queryable,
    private readonly statement: Statement<Row>,
  ) {}

  read(...key: readonly unknown[]): Promise<Row | undefined> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.flush());
      this.waiting.push({ key, resolve, reject });
      if (this.waiting.length === MOST) this.flush();
    });
  }

  private flush(): void {
    const batch = this.waiting;
    if (batch.length === 0) return;
    this.waiting = [];
    const columns = batch[0]!.key.map((_, part) => batch.map(({ key }) => key[part]));
    this.on.rows(this.statement, columns).then(
      (rows) => {
        const found = new Map(rows.map((row) => [row.asked, row]));
        batch.forEach(({ resolve }, at) => resolve(found.get(at + 1)));
      },
      (error: unknown) => batch.forEach(({ reject }) => reject(error)),
    );
  }
}
