import type { JsMsg } from '@nats-io/jetstream';
import type { AuthEvent, EventData } from './auth-event.js';

const PREFIX = 'ce-';

/** The event of a JetStream message: CloudEvents 1.0, binary mode. */
export function fromMessage(message: Pick<JsMsg, 'headers' | 'json'>): AuthEvent {
  const attributes: Record<string, string> = {};
  for (const [name, values] of message.headers ?? [])
    if (name.startsWith(PREFIX)) attributes[name.slice(PREFIX.length)] = decode(values[0] ?? '');
  return {
    ...attributes,
    subjectversion: Number(attributes.subjectversion),
    datacontenttype: 'application/json',
    data: message.json<EventData>(),
  } as AuthEvent;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
