import { readFileSync } from 'node:fs';
import {
  consume,
  type Bootstrap,
  type Consumer,
  type ConsumeOptions,
  type HttpSource,
  type NatsSource,
} from '@usher/auth-events';
import { tableMapping, type TableMapping } from '@usher/contracts/events/table-mapping';
import pg from 'pg';
import { applyEvent, applyState } from './projection.js';

export interface ProjectorOptions {
  mapping: TableMapping;
  databaseUrl: string;
  source: NatsSource | HttpSource;
  /** Where the last state of every user is loaded from at the first start; without it every kept event is handled. */
  snapshot?: HttpSource;
  /** Name of the consumer; another one fills the tables anew. Default `projector`. */
  durable?: string;
  /** Default `public.projector_inbox`. */
  inbox?: string;
  log: (line: string) => void;
}

/** The ready consumer: keeps tables in step with users, in place of triggers on `auth.users`. */
export async function startProjector(options: ProjectorOptions): Promise<Consumer> {
  const { mapping, source, snapshot, log } = options;
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 2, application_name: 'usher projector' });
  pool.on('error', (error) => log(`database: ${error.message}`));
  const bootstrap: Bootstrap | undefined = snapshot && {
    ...snapshot,
    load: (state, client) => applyState(mapping, state, client),
  };
  const consumer = await consume({
    ...source,
    durable: options.durable ?? 'projector',
    inbox: { pool, table: options.inbox ?? 'public.projector_inbox' },
    handler: (event, { client }) => applyEvent(mapping, event, client),
    ...(bootstrap ? { bootstrap } : {}),
    onError: (error, event) =>
      log(`${event?.type ?? 'source'}: ${error instanceof Error ? error.message : String(error)}`),
    onDeadLetter: ({ event, reason }) => log(`${event.type} ${event.subject} is parked: ${reason}`),
  } as ConsumeOptions);
  return {
    ...consumer,
    stop: async () => {
      await consumer.stop();
      await pool.end();
    },
  };
}

/** Throws a sentence that says what is wrong with the file. */
export function readMapping(file: string): TableMapping {
  const parsed = tableMapping.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`${file} is no mapping: ${problems.join('; ')}`);
}
