import type { AuthEvent } from '@usher/contracts/events/event';
import type { OutboxRow } from '../outbox/outbox-row.js';

/** Most bytes of `data` (events.md "Envelope"). */
const DATA_CAP = 64 * 1024;

type Attributes = Omit<AuthEvent, 'data'>;

/** All attributes but the data. `source` is without a slash at its end. */
export function attributesOf(row: OutboxRow, source: string): Attributes {
  return {
    specversion: '1.0',
    id: row.id,
    source,
    type: `auth.${row.type}`,
    subject: row.subject_id,
    time: row.occurred_at,
    datacontenttype: 'application/json',
    dataschema: `${source}/events/schemas/v1/${row.type}.json`,
    sequence: toSequence(row.position),
    subjectversion: row.version,
    ...(row.traceparent ? { traceparent: row.traceparent } : {}),
    actortype: row.actor_type,
    ...(row.actor_id ? { actorid: row.actor_id } : {}),
    origin: row.origin,
  };
}

/** Structured mode: the whole event as JSON text; the data is not parsed on its way. */
export function structured(row: OutboxRow, source: string): string {
  return `${JSON.stringify(attributesOf(row, source)).slice(0, -1)},"data":${cappedData(row)}}`;
}

/** Binary mode: the headers, percent-encoded as the NATS binding of CloudEvents 1.0 wants it; the payload is `cappedData`. */
export function binaryHeaders(row: OutboxRow, source: string): [name: string, value: string][] {
  const { datacontenttype, ...attributes } = attributesOf(row, source);
  return [
    ...Object.entries(attributes).map(([name, value]): [string, string] => [
      `ce-${name}`,
      percentEncode(String(value)),
    ]),
    ['content-type', datacontenttype],
  ];
}

export function toSequence(position: number): string {
  return String(position).padStart(20, '0');
}

/** Data over the cap loses `previous`, then all of `record` but its id; `context.truncated` names what is missing. */
export function cappedData({ data, subject_id }: Pick<OutboxRow, 'data' | 'subject_id'>): string {
  if (Buffer.byteLength(data) <= DATA_CAP) return data;
  const whole = JSON.parse(data) as AuthEvent['data'];
  const { record, context } = whole;
  const smaller = JSON.stringify({ ...whole, previous: null, context: { ...context, truncated: ['previous'] } });
  if (Buffer.byteLength(smaller) <= DATA_CAP) return smaller;
  const id = typeof record.id === 'string' ? record.id : subject_id;
  return JSON.stringify({ ...whole, record: { id }, previous: null, context: { truncated: ['previous', 'record'] } });
}

/** Space, quote, percent and all that is not printable ASCII, byte by byte of its UTF-8 form. */
function percentEncode(value: string): string {
  return value.replace(/[^\x21-\x7e]|["%]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
