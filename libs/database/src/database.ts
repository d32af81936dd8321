import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResult } from 'pg';
import type { Statement } from './statement.js';

/** Runs statements: the pool for reads and single writes, or one transaction. */
export interface Queryable {
  /** All rows. */
  rows<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row | undefined>;
  /** The number of rows changed. */
  run(statement: Statement<unknown>, values?: readonly unknown[]): Promise<number>;
}

/** A transaction in progress: what must commit together takes one as its first parameter. */
export interface Transaction extends Queryable {
  /** Runs after commit, in order; never when rolled back. */
  afterCommit(action: () => void): void;
}

/** The service's connection pool. */
@Injectable()
export class Database implements Queryable {
  constructor(
    readonly pool: Pool,
    private readonly named: boolean,
  ) {}

  async rows<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.query(this.pool, statement, values)).rows as Row[];
  }

  async first<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.query(this.pool, statement, values)).rows[0] as Row | undefined;
  }

  async run(statement: Statement<unknown>, values: readonly unknown[] = []): Promise<number> {
    return (await this.query(this.pool, statement, values)).rowCount ?? 0;
  }

  /**
   * Everything in `work` commits together or not at all. A thrown error rolls back, unless it is a `CommittedError`:
   * then what was written stays and the inner error is thrown.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const actions: (() => void)[] = [];
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(this.bind(client, actions));
      await client.query('COMMIT');
      actions.forEach((action) => action());
      return result;
    } catch (error) {
      const commit = error instanceof CommittedError;
      await client.query(commit ? 'COMMIT' : 'ROLLBACK').catch((failure: Error) => (broken = failure));
      if (!commit) throw error;
      if (broken) throw broken;
      actions.forEach((action) => action());
      throw error.inner;
    } finally {
      client.release(broken);
    }
  }

  private bind(client: PoolClient, actions: (() => void)[]): Transaction {
    return {
      rows: async <Row>(s: Statement<Row>, v: readonly unknown[] = []) =>
        (await this.query(client, s, v)).rows as Row[],
      first: async <Row>(s: Statement<Row>, v: readonly unknown[] = []) =>
        (await this.query(client, s, v)).rows[0] as Row | undefined,
      run: async (s, v = []) => (await this.query(client, s, v)).rowCount ?? 0,
      afterCommit: (action) => void actions.push(action),
    };
  }

  private query(
    on: Pool | PoolClient,
    { name, text }: Statement<unknown>,
    values: readonly unknown[],
  ): Promise<QueryResult> {
    return on.query({ name: this.named ? name : undefined, text, values: values as unknown[] });
  }
}

/** Thrown inside a transaction to fail the request but keep what was written (a detected reuse revokes its family). */
export class CommittedError extends Error {
  constructor(readonly inner: Error) {
    super(inner.message, { cause: inner });
  }
}
