import type { PoolClient } from 'pg';
import { apiUrl } from './api-url.js';
import { FeedError } from './list-events.js';
import type { Bootstrap, InboxOptions, SubjectState } from './options.js';
import { inTransaction, tablesOf } from './tables.js';

const BATCH = 500;

/**
 * Loads `GET /events/snapshot` into an empty consumer: each state by `load`, and its version into the inbox, so that the tail goes on exactly there.
 * Returns the cursor to go on from. Throws when the snapshot was cut off; what was loaded is loaded again then, so `load` must be an upsert.
 */
export async function bootstrap(source: Bootstrap, inbox: InboxOptions, consumer: string): Promise<string> {
  const loader = new Loader(source, inbox, consumer);
  for await (const line of lines(source)) await loader.take(JSON.parse(line) as Record<string, unknown>);
  return loader.finish();
}

class Loader {
  private cursor = '';
  private count = 0;
  private told?: number;
  private batch: SubjectState[] = [];
  private readonly table: string;

  constructor(
    private readonly source: Bootstrap,
    private readonly inbox: InboxOptions,
    private readonly consumer: string,
  ) {
    this.table = tablesOf(inbox).inbox;
  }

  async take(line: Record<string, unknown>): Promise<void> {
    if (typeof line.subject === 'string') this.batch.push(line as unknown as SubjectState);
    else if (typeof line.cursor === 'string') this.cursor = line.cursor;
    else if (typeof line.count === 'number') this.told = line.count;
    if (this.batch.length >= BATCH) await this.flush();
  }

  async finish(): Promise<string> {
    await this.flush();
    if (!this.cursor || this.told !== this.count)
      throw new Error(`the snapshot was cut off: ${this.count} of ${this.told ?? 'unknown'} states came`);
    return this.cursor;
  }

  private async flush(): Promise<void> {
    const states = this.batch;
    this.batch = [];
    this.count += states.length;
    if (!states.length) return;
    await inTransaction(this.inbox.pool, async (client) => {
      await this.note(client, states);
      for (const state of states) await this.source.load(state, client);
    });
  }

  private async note(client: PoolClient, states: SubjectState[]): Promise<void> {
    await client.query(
      `INSERT INTO ${this.table} AS i (consumer, subject, version, sequence)
       SELECT $1, subject, version, $4 FROM unnest($2::text[], $3::bigint[]) AS s (subject, version)
       ON CONFLICT (consumer, subject) DO UPDATE SET version = excluded.version, sequence = excluded.sequence
       WHERE i.version < excluded.version`,
      [this.consumer, states.map((state) => state.subject), states.map((state) => state.version), this.cursor],
    );
  }
}

async function* lines(source: Bootstrap): AsyncGenerator<string> {
  const { key } = source;
  const target = apiUrl(source, '/events/snapshot');
  const response = await fetch(target, { headers: { authorization: `Bearer ${key}`, apikey: key } });
  if (!response.ok || !response.body)
    throw new FeedError(response.status, `GET /events/snapshot answered ${response.status}`);
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.trim()) yield part;
  }
  if (rest.trim()) yield rest;
}
