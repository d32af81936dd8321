import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import type { SourceDigest } from '@usher/contracts/events/digest.contract';
import { FeedDigest } from '@usher/contracts/events/digest';
import type { SnapshotPageInput, SubjectState } from '@usher/contracts/events/snapshot.contract';
import { JsonReply } from '@usher/contracts/rpc';
import { toUserObject } from '@usher/database/users/user-object';
import { NATS } from '@usher/runtime/runtime.module';
import { validate } from 'uuid';
import { toSequence } from '../envelope/cloud-event.js';
import { badParameter } from '../feed/feed.errors.js';
import { fitting } from '../feed/fitting.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { SnapshotRepository, type StateRow } from './snapshot.repository.js';

const DEFAULT_LIMIT = 500;
const MOST = 1_000;
const FIRST = '00000000-0000-0000-0000-000000000000';
const VERSIONS = 10_000;

/**
 * The last state of every subject. The cursor is read before the states, each of which is read with its version by one statement: whatever a state does
 * not show yet comes after the cursor.
 */
@Injectable()
export class SnapshotService {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly snapshot: SnapshotRepository,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  async page({ after = FIRST, limit = DEFAULT_LIMIT }: SnapshotPageInput): Promise<JsonReply> {
    if (!validate(after) && after !== FIRST) throw badParameter('after must be a subject');
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw badParameter(`limit must be from 1 to ${MOST}`);
    const { last } = await this.outbox.extent();
    const rows = await this.snapshot.after(after, limit);
    const { texts, whole } = fitting(
      rows.map((row) => JSON.stringify(toState(row))),
      this.nats.info?.max_payload,
    );
    const more = !whole || rows.length === limit;
    return new JsonReply(`{"cursor":"${toSequence(last)}","data":[${texts.join(',')}],"has_more":${more}}`);
  }

  async digest(): Promise<SourceDigest> {
    const { last } = await this.outbox.extent();
    const digest = new FeedDigest();
    for (let after = FIRST, more = true; more;) {
      const rows = await this.snapshot.versionsAfter(after, VERSIONS);
      for (const { subject_id, version } of rows) digest.add(subject_id, version);
      after = rows.at(-1)?.subject_id ?? after;
      more = rows.length === VERSIONS;
    }
    return { cursor: toSequence(last), partitions: digest.partitions() };
  }
}

export function toState(row: StateRow): SubjectState {
  const { subject, version } = row;
  return { subject, version, record: row.id === null ? null : toUserObject(row) };
}
