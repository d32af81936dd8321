import { DiscardPolicy, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { StreamConfig } from '@nats-io/jetstream';
import { EVENTS_STREAM } from '@usher/contracts/events/streams';

export interface EventsStreamOptions {
  prefix: string;
  maxAgeMs: number;
  /** Of the database whose events it holds. */
  feedId: string;
}

/** What we ask of the server; understood by nats-server 2.9. What is not named here (replicas, placement, limits) is the operator's. */
export type OwnedConfig = Pick<StreamConfig, 'name' | 'subjects' | 'max_age' | 'duplicate_window' | 'description'> &
  Pick<StreamConfig, 'retention' | 'storage' | 'discard' | 'allow_direct'>;

const DUPLICATE_WINDOW_NS = 120 * 1e9;
const DESCRIPTION = 'Auth events of feed ';

export function eventsStream({ prefix, maxAgeMs, feedId }: EventsStreamOptions): OwnedConfig {
  const max_age = maxAgeMs * 1e6;
  return {
    name: EVENTS_STREAM,
    description: DESCRIPTION + feedId,
    subjects: [`${prefix}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age,
    // The server refuses a window that is longer than the age.
    duplicate_window: max_age ? Math.min(DUPLICATE_WINDOW_NS, max_age) : DUPLICATE_WINDOW_NS,
    allow_direct: true,
  };
}

/** Names of the settings in which a stream is not as we want it. */
export function differences(wanted: OwnedConfig, found: StreamConfig): (keyof OwnedConfig)[] {
  const names = Object.keys(wanted) as (keyof OwnedConfig)[];
  return names.filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(found[name]));
}

/** Whether a stream was filled from another database: then it is not ours to write or delete. */
export function isOfAnotherFeed(found: StreamConfig, feedId: string): boolean {
  return Boolean(found.description?.startsWith(DESCRIPTION)) && found.description !== DESCRIPTION + feedId;
}
