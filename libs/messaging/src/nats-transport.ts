import { headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/nats-core';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { AuthError, type AuthErrorWire } from '@usher/contracts/errors';
import { JsonReply, type RpcCall } from '@usher/contracts/rpc';
import { isObservable, lastValueFrom } from 'rxjs';
import { v4 as uuid } from 'uuid';
import type { LocalOperations, Operation, OperationReply } from './operation.js';
import { errorHeaders, HTTP_HEADERS_HEADER } from './rpc-client.js';
import { collectWrites, CURSOR_HEADER, cursorOf } from './write-cursors.js';

/** Told of every failure that is not the caller's: the log line carries the id that the client gets. */
export type UnexpectedErrorLog = (error: unknown, subject: string, errorId: string) => void;

/**
 * Nest's transport on the current NATS client: each `@Handles(contract)` becomes a subscription in the service's queue group, so that replicas
 * share the calls. (Nest's own NATS transport depends on the client's former packages.) With `local`, callers in this process get the same operation
 * without the way over the bus.
 */
export class NatsTransport extends Server implements CustomTransportStrategy {
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly nats: NatsConnection,
    private readonly queue: string,
    private readonly log: UnexpectedErrorLog,
    private readonly local?: LocalOperations,
  ) {
    super();
  }

  listen(callback: () => void): void {
    for (const [subject, handler] of this.messageHandlers) {
      const operation = this.operation(subject, handler);
      this.local?.add(subject, operation);
      const subscription = this.nats.subscribe(subject, {
        queue: this.queue,
        callback: (error, message) => void (error ?? answer(operation, message)),
      });
      this.subscriptions.push(subscription);
    }
    // The subscriptions must be known to the server before anybody is told that we are up.
    void this.nats.flush().then(callback);
  }

  async close(): Promise<void> {
    for (const subject of this.messageHandlers.keys()) this.local?.remove(subject);
    await Promise.all(this.subscriptions.map((s) => (s.isClosed() ? undefined : s.drain())));
    this.subscriptions = [];
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.nats as T;
  }

  private operation(subject: string, handler: MessageHandler): Operation {
    return async (payload) => {
      let cursor: string | undefined;
      try {
        const { input, context } = JSON.parse(payload) as RpcCall<unknown>;
        collectWrites(context);
        try {
          const answer: unknown = await handler(input, context);
          const reply = toReply(isObservable(answer) ? await lastValueFrom(answer) : answer);
          const written = cursorOf(context);
          return written ? { body: reply.body, headers: reply.headers, cursor: written } : reply;
        } finally {
          // A refused request may have written, too: a detected reuse ends its family.
          cursor = cursorOf(context);
        }
      } catch (error) {
        return { body: JSON.stringify(this.toWire(error, subject)), failed: true, cursor };
      }
    };
  }

  /** What a client may see of an error; the rest stays here, under an id. */
  private toWire(error: unknown, subject: string): AuthErrorWire {
    if (error instanceof AuthError && error.status < 500) return error.toWire();
    const errorId = uuid();
    this.log(error, subject, errorId);
    if (error instanceof AuthError) return { ...error.toWire(), errorId };
    const message = 'Unexpected failure, please check server logs for more information';
    return { code: 'unexpected_failure', status: 500, message, errorId };
  }
}

function toReply(answer: unknown): OperationReply {
  return answer instanceof JsonReply ? answer : { body: JSON.stringify(answer ?? {}) };
}

async function answer(operation: Operation, message: Msg): Promise<void> {
  const { body, failed, headers: ofResponse, cursor } = await operation(message.string());
  if (!failed && !ofResponse && !cursor) return void message.respond(body);
  const h = failed ? errorHeaders() : headers();
  if (ofResponse) h.set(HTTP_HEADERS_HEADER, JSON.stringify(ofResponse));
  if (cursor) h.set(CURSOR_HEADER, cursor);
  message.respond(body, { headers: h });
}
