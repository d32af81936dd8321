import { rpc } from '../rpc.js';
import type { PartitionDigest } from './digest.js';

export interface SourceDigest {
  /** Position of the newest event. Source and consumer can be compared while it stands still. */
  cursor: string;
  /** All sixteen, in order, by `FeedDigest` over `auth_events.subjects`. */
  partitions: PartitionDigest[];
}

/** GET /events/digest: what a consumer's inbox must come to once it has handled everything. */
export const digestFeed = rpc<Record<string, never>, SourceDigest>('events', 'digest-feed', { idempotent: true });
