import { eventSource } from '../envelope/event-source.js';

/** A CloudEvent that is not of the feed: it has no sequence, and says that it is a test. */
export function testEvent(id: string, externalUrl: string, now: Date) {
  return {
    specversion: '1.0',
    id,
    source: eventSource(externalUrl),
    type: 'auth.test',
    subject: '00000000-0000-0000-0000-000000000000',
    time: now.toISOString(),
    datacontenttype: 'application/json',
    actortype: 'admin',
    origin: 'admin',
    data: {
      record: { id: '00000000-0000-0000-0000-000000000000' },
      previous: null,
      changed: [],
      context: { test: true },
    },
  };
}
