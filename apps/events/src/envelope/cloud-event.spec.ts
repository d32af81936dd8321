import { describe, expect, it } from '@jest/globals';
import { headers } from '@nats-io/nats-core';
import { fromMessage } from '@usher/auth-events';
import type { OutboxRow } from '../outbox/outbox-row.js';
import { binaryHeaders, cappedData, structured } from './cloud-event.js';

const SOURCE = 'http://auth.example/auth/v1';
const row: OutboxRow = {
  id: '0199f0a0-0000-7000-8000-000000000001',
  subject_id: '0199f0a0-0000-7000-8000-000000000002',
  version: 3,
  type: 'user.created',
  occurred_at: '2026-11-24T10:00:00.123Z',
  actor_type: 'admin',
  actor_id: 'service "rôle" 100%',
  origin: 'admin',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: '{"record": {"id": "0199f0a0-0000-7000-8000-000000000002"}, "previous": null, "changed": [], "context": {}}',
  position: 42,
};

describe('an event', () => {
  it('is the same in binary and in structured mode', () => {
    const h = headers();
    for (const [name, value] of binaryHeaders(row, SOURCE)) h.set(name, value);
    const message = { headers: h, json: <T>() => JSON.parse(cappedData(row)) as T };

    expect(fromMessage(message)).toEqual(JSON.parse(structured(row, SOURCE)));
  });

  it('percent-encodes what the NATS binding of CloudEvents names', () => {
    expect(new Map(binaryHeaders(row, SOURCE)).get('ce-actorid')).toBe('service%20%22r%C3%B4le%22%20100%25');
  });

  it('says what it left out to stay under the cap', () => {
    const data = {
      record: { id: 'x', a: 'a'.repeat(40_000) },
      previous: { a: 'b'.repeat(40_000) },
      changed: ['a'],
      context: {},
    };
    const bigger = { ...data, record: { id: 'x', a: 'a'.repeat(70_000) } };

    expect(JSON.parse(cappedData({ ...row, data: JSON.stringify(data) }))).toEqual({
      ...data,
      previous: null,
      context: { truncated: ['previous'] },
    });
    expect(JSON.parse(cappedData({ ...row, data: JSON.stringify(bigger) }))).toEqual({
      record: { id: 'x' },
      previous: null,
      changed: ['a'],
      context: { truncated: ['previous', 'record'] },
    });
  });
});
