import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import type { ListEventsInput } from '@usher/contracts/events/feed.contract';
import { JsonReply } from '@usher/contracts/rpc';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { validate } from 'uuid';
import { structured, toSequence } from '../envelope/cloud-event.js';
import { eventSource } from '../envelope/event-source.js';
import type { OutboxRow } from '../outbox/outbox-row.js';
import { OutboxRepository, type FeedExtent } from '../outbox/outbox.repository.js';
import { parseCursor } from './cursor.js';
import { fitting } from './fitting.js';
import { typePatterns } from './event-filter.js';
import { badParameter, cursorExpired } from './feed.errors.js';

const DEFAULT_LIMIT = 100;
const MOST = 1_000;
/** Most positions looked at for one page, so that a filter that matches nothing costs a bounded time. */
const WINDOW = 20_000;

interface Query {
  limit: number;
  types: string[];
  subject?: string;
}

/** The feed as pages, straight from PostgreSQL: it is there whatever NATS does. */
@Injectable()
export class FeedService {
  private readonly source: string;

  constructor(
    private readonly outbox: OutboxRepository,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.source = eventSource(settings.api.externalUrl);
  }

  async list(input: ListEventsInput): Promise<JsonReply> {
    const query = parseQuery(input);
    const extent = await this.outbox.extent();
    const from = startOf(input.after, extent);
    const { rows, cursor } = await this.read(query, from, extent.last);
    const { texts, whole } = fitting(
      rows.map((row) => structured(row, this.source)),
      this.nats.info?.max_payload,
    );
    const reached = whole ? cursor : rows[texts.length - 1]!.position;
    return new JsonReply(
      `{"data":[${texts.join(',')}],"cursor":"${toSequence(reached)}","has_more":${reached < extent.last}}`,
    );
  }

  private async read(query: Query, from: number, last: number): Promise<{ rows: OutboxRow[]; cursor: number }> {
    const { limit, types, subject } = query;
    const until = subject ? last : Math.min(last, from + WINDOW);
    const rows = subject
      ? (await this.outbox.ofSubject(subject, from, types, limit)).filter((row) => row.position <= until)
      : await this.outbox.matching(from, until, types, limit);
    return { rows, cursor: rows.length === limit ? rows[limit - 1]!.position : Math.max(until, from) };
  }
}

function parseQuery({ limit: asked, type, subject }: ListEventsInput): Query {
  const limit = asked === undefined || asked === '' ? DEFAULT_LIMIT : Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw badParameter(`limit must be from 1 to ${MOST}`);
  const types = typePatterns(type);
  if (!types) throw badParameter('type must be like user.created or user.*');
  if (subject && !validate(subject)) throw badParameter('subject must be a UUID');
  return { limit, types, subject };
}

function startOf(after: string | undefined, { oldest, last }: FeedExtent): number {
  if (!after) return oldest - 1;
  if (after === 'latest') return last;
  const position = parseCursor(after);
  if (position === undefined || position > last) throw badParameter('after must be a cursor of this feed');
  if (position < oldest - 1) throw cursorExpired(oldest);
  return position;
}
