import { jetstream } from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import type { AuthEvent } from './auth-event.js';

/** As libs/contracts has them; dead-letters.spec.ts compares. */
export const DEAD_LETTERS_PREFIX = 'auth.dead_letters';
export const CONTROL_PREFIX = 'auth.consumers';

export interface GivenUp {
  event: AuthEvent;
  reason: string;
  attempts: number;
}

/** Tells people of an event that was given up. The event itself is kept in the consumer's own database. */
export async function publishDeadLetter(connection: NatsConnection, consumer: string, letter: GivenUp): Promise<void> {
  await jetstream(connection).publish(`${DEAD_LETTERS_PREFIX}.${consumer}`, JSON.stringify(letter.event.data), {
    headers: headersOf(consumer, letter),
    msgID: `${consumer} ${letter.event.id}`,
    timeout: 3_000,
  });
}

function headersOf(consumer: string, { event, reason, attempts }: GivenUp): MsgHdrs {
  const h = headers();
  const { data: _, datacontenttype, ...attributes } = event;
  for (const [name, value] of Object.entries(attributes)) h.set(`ce-${name}`, encode(String(value)));
  h.set('content-type', datacontenttype);
  h.set('usher-consumer', consumer);
  h.set('usher-reason', encode(reason));
  h.set('usher-attempts', String(attempts));
  h.set('usher-failed-at', new Date().toISOString());
  return h;
}

/** As the NATS binding of CloudEvents wants it, which leaves no line break in a header either. */
function encode(value: string): string {
  return value.toWellFormed().replace(/[^\x21-\x7e]|["%]/gu, (character) => encodeURIComponent(character));
}
