import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { ConsumerMessages, Consumer as JetStreamConsumer, JsMsg } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { AuthEvent } from './auth-event.js';
import { Attempts } from './attempts.js';
import { backOff } from './back-off.js';
import { listenForControl } from './control.js';
import { publishDeadLetter } from './dead-letters.js';
import { fromMessage } from './from-message.js';
import { handlerOf } from './handler-of.js';
import { Inbox, type Outcome } from './inbox.js';
import { isStillToCome } from './missing-event.js';
import type { Consumer, ConsumeOptions, ConsumerStats, NatsSource } from './options.js';
import { Parking, reasonOf } from './parking.js';
import { startCursor } from './start-cursor.js';

type Options = Extract<ConsumeOptions, NatsSource>;

const ACK_WAIT_MS = 30_000;
const MAX_ACK_PENDING = 1_000;
/** Messages that a process holds at once; those of a process that was killed come again only after the acknowledgement wait. */
const PREFETCH = 100;
/** Longest wait for an event that is still to come from elsewhere. */
const LONGEST_GAP_WAIT_MS = 4_000;
const LONGEST_PAUSE_MS = 5_000;

/** A consumer that starts from a snapshot needs of the stream what was stored since; clocks may differ by less than that. */
const CLOCK_SLACK_MS = 600_000;

/** Durable pull consumer with explicit acknowledgement. */
export async function consumeNats(options: Options): Promise<Consumer> {
  const inbox = new Inbox(options.inbox, options.durable);
  await inbox.prepare();
  const { since } = await startCursor(options, inbox);
  const connection = await open(options);
  const reader = new StreamReader(options, inbox, connection, since);
  const parking = new Parking(options, inbox.tables);
  const done = reader.run();
  const consumer: Consumer = {
    stop: async () => {
      control.unsubscribe();
      reader.stop();
      await done;
      await connection.close();
    },
    stats: async () => ({ ...(await reader.stats()), ...(await parking.counts()) }),
    replay: (event) => parking.replay(event),
    parked: () => parking.list(),
    retry: (subject) => parking.retry(subject),
    drop: (subject) => parking.drop(subject),
  };
  const control = listenForControl(connection, options.durable, consumer);
  return consumer;
}

function open({ servers, credentials, durable }: Options): Promise<NatsConnection> {
  const url = new URL(servers.split(',')[0]!.replace(/^(?!\w+:\/\/)/, 'nats://'));
  return connect({
    servers: servers.split(',').map((server) => server.replace(/^(\w+:\/\/)[^@/]*@/, '$1')),
    user: credentials?.user ?? (decodeURIComponent(url.username) || undefined),
    pass: credentials?.pass ?? (decodeURIComponent(url.password) || undefined),
    name: `auth-events ${durable}`,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
  });
}

/** One that is there already is taken as it is. */
async function ensureConsumer(connection: NatsConnection, options: Options, since: Date): Promise<JetStreamConsumer> {
  const { durable, filter, stream = 'AUTH_EVENTS' } = options;
  const manager = await jetstreamManager(connection, { checkAPI: false });
  await manager.consumers.info(stream, durable).catch(() =>
    manager.consumers.add(stream, {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      ack_wait: (options.ackWaitMs ?? ACK_WAIT_MS) * 1e6,
      ...(options.bootstrap
        ? {
            deliver_policy: DeliverPolicy.StartTime,
            opt_start_time: new Date(since.getTime() - CLOCK_SLACK_MS).toISOString(),
          }
        : { deliver_policy: DeliverPolicy.All }),
      max_ack_pending: MAX_ACK_PENDING,
      ...(filter ? { filter_subject: filter } : {}),
    }),
  );
  return jetstream(connection).consumers.get(stream, durable);
}

/** One message after the other. One that fails comes again later; until then the gap that it leaves holds up its subject, and no other. */
class StreamReader {
  private stopped = false;
  private messages?: ConsumerMessages;
  /** Events that came before their predecessors; no more than the server lets wait for acknowledgement. */
  private readonly early = new Map<string, AuthEvent>();
  private readonly attempts: Attempts;
  private last?: AuthEvent;
  private wake: () => void = () => undefined;

  constructor(
    private readonly options: Options,
    private readonly inbox: Inbox,
    private readonly connection: NatsConnection,
    private readonly since: Date,
  ) {
    this.attempts = new Attempts(options.maxAttempts);
  }

  stop(): void {
    this.stopped = true;
    this.messages?.stop();
    this.wake();
  }

  /** A stream that was lost is filled anew by its server, but takes the durable with it: then it is made again. */
  async run(): Promise<void> {
    for (let failures = 0; !this.stopped; failures++) {
      try {
        const consumer = await ensureConsumer(this.connection, this.options, this.since);
        failures = 0;
        await this.read(consumer);
      } catch (error) {
        if (!this.stopped) this.options.onError?.(error);
      }
      if (!this.stopped) await this.pause(Math.min(backOff(failures + 1), LONGEST_PAUSE_MS));
    }
  }

  private async read(consumer: JetStreamConsumer): Promise<void> {
    const messages = await consumer.consume({
      max_messages: PREFETCH,
      idle_heartbeat: 1_000,
      abort_on_missing_resource: true,
    });
    this.messages = messages;
    if (this.stopped) messages.stop();
    for await (const message of messages) {
      if (this.stopped) break;
      await this.receive(consumer, message);
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async receive(consumer: JetStreamConsumer, message: JsMsg): Promise<void> {
    let event: AuthEvent | undefined;
    try {
      event = fromMessage(message);
      if (await this.handle(consumer, event, message)) {
        message.ack();
        await this.handleEarly(event);
      } else {
        this.early.set(keyOf(event.subject, event.subjectversion), event);
        message.nak(Math.min(backOff(message.info.deliveryCount), LONGEST_GAP_WAIT_MS));
      }
    } catch (error) {
      this.options.onError?.(error, event);
      if (event && (await this.givenUp(event, error))) message.ack();
      else message.nak(backOff(message.info.deliveryCount));
    }
  }

  /** True when the event is parked now, and so needs no further delivery. */
  private async givenUp(event: AuthEvent, error: unknown): Promise<boolean> {
    const { attempts, enough } = this.attempts.failed(event.id);
    if (!enough) return false;
    const letter = { event, reason: reasonOf(error), attempts };
    try {
      if (!(await this.inbox.park(event, letter.reason, attempts))) return false;
    } catch (failure) {
      this.options.onError?.(failure, event);
      return false;
    }
    this.attempts.forget(event.id);
    this.options.onDeadLetter?.(letter);
    await publishDeadLetter(this.connection, this.options.durable, letter).catch((failure: unknown) =>
      this.options.onError?.(failure, event),
    );
    return true;
  }

  async stats(): Promise<Pick<ConsumerStats, 'consumer' | 'cursor' | 'lag' | 'lag_seconds'>> {
    const { durable, stream = 'AUTH_EVENTS' } = this.options;
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    const { num_pending, num_ack_pending } = await manager.consumers.info(stream, durable);
    const lag = num_pending + num_ack_pending;
    const age = this.last ? (Date.now() - Date.parse(this.last.time)) / 1_000 : 0;
    return { consumer: durable, cursor: this.last?.sequence ?? '', lag, lag_seconds: lag ? Math.max(age, 0) : 0 };
  }

  /** False when earlier events of the subject are still to come. */
  private async handle(consumer: JetStreamConsumer, event: AuthEvent, message: JsMsg): Promise<boolean> {
    const outcome = await this.intoInbox(event, false);
    if (outcome.result !== 'gap') return true;
    if (await isStillToCome(this.connection, consumer, event, message)) return false;
    this.options.onGap?.({ subject: event.subject, after: outcome.after, before: event.subjectversion });
    return (await this.intoInbox(event, true)).result !== 'gap';
  }

  /** What waited for this event goes at once; its messages are acknowledged when they come again, each in its own time. */
  private async handleEarly({ subject, subjectversion }: AuthEvent): Promise<void> {
    this.early.delete(keyOf(subject, subjectversion));
    for (let version = subjectversion + 1; !this.stopped; version++) {
      const key = keyOf(subject, version);
      const next = this.early.get(key);
      if (!next) return;
      this.early.delete(key);
      try {
        await this.intoInbox(next, false);
      } catch (error) {
        return this.options.onError?.(error, next);
      }
    }
  }

  private async intoInbox(event: AuthEvent, acceptGap: boolean): Promise<Outcome> {
    const outcome = await this.inbox.handle(
      event,
      new Date(event.time) < this.since,
      handlerOf(this.options, event),
      acceptGap,
    );
    if (outcome.result !== 'gap') this.last = event;
    return outcome;
  }
}

const keyOf = (subject: string, version: number): string => `${subject} ${version}`;
