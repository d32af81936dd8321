import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { fromMessage, type AuthEvent } from '@usher/auth-events';
import {
  consumerControlSubject,
  DEAD_LETTER_HEADERS,
  DEAD_LETTERS_STREAM,
  type DeadLetter,
  type ParkingAnswer,
} from '@usher/contracts/events/dead-letters.contract';
import { openNats } from './find-nats.js';
import type { NatsFlags } from './flags.js';
import { print, printJson, table } from './table.js';

/** `usher events dead-letters list`. */
export async function listLetters(flags: NatsFlags): Promise<void> {
  const found = await withNats(flags, letters);
  if (flags.json) return found.forEach(printJson);
  if (!found.length) return print('no dead letters\n');
  const rows = found.map(({ id, consumer, event, attempts, reason }) => [
    id,
    consumer,
    event.type.replace('auth.', ''),
    event.subject,
    attempts,
    reason.split('\n')[0]!.slice(0, 60),
  ]);
  print(table(['ID', 'CONSUMER', 'TYPE', 'USER', 'TRIES', 'REASON'], rows));
}

/** `usher events dead-letters retry|drop <id>`. */
export async function decideLetter(decision: 'retry' | 'drop', id: string, flags: NatsFlags): Promise<void> {
  const answer = await withNats(flags, async (nats) => {
    const letter = (await letters(nats)).find((one) => one.id === id);
    if (!letter) throw new Error(`There is no dead letter ${id}`);
    const answer = await ask(nats, decision, letter);
    if (!answer.error) await forget(nats, letter);
    return answer;
  });
  if (flags.json) printJson(answer);
  else
    print(
      `${answer.handled} events handled, ${answer.parked} still parked${answer.error ? `: ${answer.error}` : ''}\n`,
    );
  if (answer.error) process.exitCode = 1;
}

async function withNats<T>(flags: NatsFlags, work: (nats: NatsConnection) => Promise<T>): Promise<T> {
  const nats = await openNats(flags);
  try {
    return await work(nats);
  } finally {
    await nats.close();
  }
}

async function letters(nats: NatsConnection): Promise<DeadLetter[]> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const info = await manager.streams.info(DEAD_LETTERS_STREAM).catch(() => undefined);
  if (!info?.state.messages) return [];
  const reader = await jetstream(nats).consumers.get(DEAD_LETTERS_STREAM);
  const found: DeadLetter[] = [];
  for await (const message of await reader.fetch({ max_messages: info.state.messages, expires: 5_000 })) {
    const header = (name: string): string => decodeURIComponent(message.headers?.get(name) ?? '');
    found.push({
      id: String(message.seq),
      consumer: header(DEAD_LETTER_HEADERS.consumer),
      reason: header(DEAD_LETTER_HEADERS.reason),
      attempts: Number(header(DEAD_LETTER_HEADERS.attempts)),
      failed_at: header(DEAD_LETTER_HEADERS.time),
      event: fromMessage(message) as AuthEvent as DeadLetter['event'],
    });
    if (found.length === info.state.messages) break;
  }
  return found;
}

async function ask(nats: NatsConnection, decision: 'retry' | 'drop', letter: DeadLetter): Promise<ParkingAnswer> {
  const payload = JSON.stringify({ subject: letter.event.subject });
  try {
    const subject = consumerControlSubject(letter.consumer, decision);
    return (await nats.request(subject, payload, { timeout: 60_000 })).json();
  } catch (error) {
    if (!/no responders/i.test((error as Error).message)) throw error;
    throw new Error(`${letter.consumer} does not run: its events wait in its own database until it does`);
  }
}

async function forget(nats: NatsConnection, { id }: DeadLetter): Promise<void> {
  await (await jetstreamManager(nats, { checkAPI: false })).streams.deleteMessage(DEAD_LETTERS_STREAM, Number(id));
}
