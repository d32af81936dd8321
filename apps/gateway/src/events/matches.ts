import type { AuthEvent } from '@usher/contracts/events/event';
import type { StreamQuery } from './event-stream.js';

/** Whether a filter of `GET /events`, whose form was checked before, lets the event through. */
export function matches(event: Pick<AuthEvent, 'type' | 'subject'>, { type, subject }: StreamQuery): boolean {
  if (subject && event.subject !== subject.toLowerCase()) return false;
  return !type || type.split(',').some((pattern) => matchesType(event.type, pattern.trim().replace(/^auth\./, '')));
}

function matchesType(type: string, pattern: string): boolean {
  const name = type.replace(/^auth\./, '');
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
