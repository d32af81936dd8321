import { valueParsers } from '@usher/database/value-parsers';
import pg from 'pg';

/** First key of our advisory locks, so that they meet nobody else's in the same database. */
const LOCK_CLASS = 0x75736872;

/** The host of a dead leader may never close its connection: the server finds out in half a minute. */
const NOTICE_DEATH = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * A connection whose advisory locks say who leads. Work that only a leader may do runs on it, so that whoever lost the connection, and with it
 * the lock, cannot go on.
 */
export class LeaderClient {
  private broken = false;

  private constructor(private readonly client: pg.Client) {
    client.on('error', () => (this.broken = true));
    client.on('end', () => (this.broken = true));
  }

  static async connect(url: string, name: string): Promise<LeaderClient> {
    const client = new pg.Client({
      connectionString: url,
      application_name: name,
      types: valueParsers,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      options: `-c timezone=UTC ${NOTICE_DEATH}`,
    });
    const leader = new LeaderClient(client);
    await client.connect();
    return leader;
  }

  get connected(): boolean {
    return !this.broken;
  }

  /** Takes the lock of this name if nobody in the whole database has it. */
  async tryLead(name: string): Promise<boolean> {
    const { rows } = await this.client.query<{ led: boolean }>(
      'SELECT pg_try_advisory_lock($1::int, hashtext($2)) AS led',
      [LOCK_CLASS, name],
    );
    return rows[0]?.led ?? false;
  }

  async resign(name: string): Promise<void> {
    await this.client.query('SELECT pg_advisory_unlock($1::int, hashtext($2))', [LOCK_CLASS, name]);
  }

  async value<T>(text: string, values: unknown[]): Promise<T | undefined> {
    const { rows } = await this.client.query<{ value: T }>(text, values);
    return rows[0]?.value;
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
