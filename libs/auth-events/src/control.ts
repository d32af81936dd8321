import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { AuthEvent } from './auth-event.js';
import { CONTROL_PREFIX } from './dead-letters.js';
import type { Consumer } from './options.js';
import { reasonOf } from './parking.js';

/** Lets operators ask a running consumer: `auth.consumers.<durable>.retry`, `.drop`, `.replay`, `.stats`. One of several processes answers. */
export function listenForControl(connection: NatsConnection, durable: string, consumer: Consumer): Subscription {
  return connection.subscribe(`${CONTROL_PREFIX}.${durable}.*`, {
    queue: durable,
    callback: (error, message) => void (error ?? answer(consumer, message)),
  });
}

async function answer(consumer: Consumer, message: Msg): Promise<void> {
  try {
    message.respond(JSON.stringify(await carryOut(consumer, message)));
  } catch (error) {
    message.respond(JSON.stringify({ error: reasonOf(error) }));
  }
}

async function carryOut(consumer: Consumer, message: Msg): Promise<unknown> {
  const action = message.subject.slice(message.subject.lastIndexOf('.') + 1);
  if (action === 'stats') return consumer.stats();
  if (action === 'replay') {
    await consumer.replay(message.json<AuthEvent>());
    return {};
  }
  const { subject } = message.json<{ subject: string }>();
  if (action === 'retry') return consumer.retry(subject);
  if (action === 'drop') return consumer.drop(subject);
  throw new Error(`unknown action ${action}`);
}
