import { rpc } from '../rpc.js';
import type { UserObject } from '../user-object.js';

/**
 * GET /events/snapshot, for who starts empty: `application/x-ndjson`, one JSON object a line, streamed.
 *
 * 1. `SnapshotHead`: where to go on with `GET /events?after=` or on the stream once everything is loaded.
 * 2. a `SubjectState` for each subject that ever had an event, and for each user of a database that was adopted (version 0).
 * 3. `SnapshotTail`: without it the answer was cut off, and what was loaded is not all.
 *
 * A line may be newer than the head's cursor: events of a subject up to the line's version are known already.
 */
export type SnapshotLine = SnapshotHead | SubjectState | SnapshotTail;

export interface SnapshotHead {
  /** Read before the first line: every line is at least as new. */
  cursor: string;
}

export interface SubjectState {
  subject: string;
  /** Version of the subject's last event; read by one statement together with `record`. */
  version: number;
  /** The user as `record` of its events has it; null where the subject is no user, or none any more. */
  record: UserObject | null;
}

export interface SnapshotTail {
  /** Number of lines between head and tail. */
  count: number;
}

export const SNAPSHOT_MEDIA_TYPE = 'application/x-ndjson';

export interface SnapshotPageInput {
  /** Subject of the last line that the caller has; from the beginning when absent. */
  after?: string;
  /** 1 to 1000, default 500; a page also ends before it would pass what one message of the bus can hold. */
  limit?: number;
}

export interface SnapshotPage extends SnapshotHead {
  data: SubjectState[];
  has_more: boolean;
}

/** A part of the snapshot, in order of the subjects' ids. The gateway walks the pages and streams them; the first page's cursor counts. */
export const readSnapshot = rpc<SnapshotPageInput, SnapshotPage>('events', 'read-snapshot', { idempotent: true });
