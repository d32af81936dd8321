import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { ConsumerMessages, Consumer as JetStreamConsumer, JsMsg } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { AuthEvent } from './auth-event.js';
import { backOff } from './back-off.js';
import { fromMessage } from './from-message.js';
import { handlerOf } from './handler-of.js';
import { Inbox, type Outcome } from './inbox.js';
import { isStillToCome } from './missing-event.js';
import type { Consumer, ConsumeOptions, NatsSource } from './options.js';

type Options = Extract<ConsumeOptions, NatsSource>;

const ACK_WAIT_MS = 30_000;
const MAX_ACK_PENDING = 1_000;
/** Messages that a process holds at once; those of a process that was killed come again only after the acknowledgement wait. */
const PREFETCH = 100;
/** Longest wait for an event that is still to come from elsewhere. */
const LONGEST_GAP_WAIT_MS = 4_000;
const LONGEST_PAUSE_MS = 5_000;

/** Durable pull consumer with explicit acknowledgement. */
export async function consumeNats(options: Options): Promise<Consumer> {
  const inbox = new Inbox(options.inbox, options.durable);
  await inbox.prepare();
  const { since } = await inbox.cursor();
  const connection = await open(options);
  const reader = new StreamReader(options, inbox, connection, since);
  const done = reader.run();
  return {
    stop: async () => {
      reader.stop();
      await done;
      await connection.close();
    },
  };
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
async function ensureConsumer(connection: NatsConnection, options: Options): Promise<JetStreamConsumer> {
  const { durable, filter, stream = 'AUTH_EVENTS' } = options;
  const manager = await jetstreamManager(connection, { checkAPI: false });
  await manager.consumers.info(stream, durable).catch(() =>
    manager.consumers.add(stream, {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      ack_wait: (options.ackWaitMs ?? ACK_WAIT_MS) * 1e6,
      deliver_policy: DeliverPolicy.All,
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
  private readonly parked = new Map<string, AuthEvent>();
  private wake: () => void = () => undefined;

  constructor(
    private readonly options: Options,
    private readonly inbox: Inbox,
    private readonly connection: NatsConnection,
    private readonly since: Date,
  ) {}

  stop(): void {
    this.stopped = true;
    this.messages?.stop();
    this.wake();
  }

  /** A stream that was lost is filled anew by its server, but takes the durable with it: then it is made again. */
  async run(): Promise<void> {
    for (let failures = 0; !this.stopped; failures++) {
      try {
        const consumer = await ensureConsumer(this.connection, this.options);
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
        await this.handleParked(event);
      } else {
        this.parked.set(keyOf(event.subject, event.subjectversion), event);
        message.nak(Math.min(backOff(message.info.deliveryCount), LONGEST_GAP_WAIT_MS));
      }
    } catch (error) {
      this.options.onError?.(error, event);
      message.nak(backOff(message.info.deliveryCount));
    }
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
  private async handleParked({ subject, subjectversion }: AuthEvent): Promise<void> {
    this.parked.delete(keyOf(subject, subjectversion));
    for (let version = subjectversion + 1; !this.stopped; version++) {
      const key = keyOf(subject, version);
      const next = this.parked.get(key);
      if (!next) return;
      this.parked.delete(key);
      try {
        await this.intoInbox(next, false);
      } catch (error) {
        return this.options.onError?.(error, next);
      }
    }
  }

  private intoInbox(event: AuthEvent, acceptGap: boolean): Promise<Outcome> {
    return this.inbox.handle(event, new Date(event.time) < this.since, handlerOf(this.options, event), acceptGap);
  }
}

const keyOf = (subject: string, version: number): string => `${subject} ${version}`;
