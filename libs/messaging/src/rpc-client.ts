import { Injectable } from '@nestjs/common';
import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/nats-core';
import { AuthError, type AuthErrorWire } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { RpcContract } from '@usher/contracts/rpc';
import type { LocalOperations, Operation, OperationReply } from './operation.js';
import { CURSOR_HEADER, noteCursor } from './write-cursors.js';

/** An answer that is passed on as it came: JSON bytes, and headers for the HTTP response. */
export interface RawReply {
  body: Uint8Array;
  headers: Record<string, string>;
}

interface Pending {
  resolve: (message: Msg) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

export const ERROR_HEADER = 'Usher-Error';
export const HTTP_HEADERS_HEADER = 'Usher-Http-Headers';

const NO_RESPONDERS = 503;

/**
 * Calls the operations of `libs/contracts`. All answers come to one inbox, matched by the last token of their subject: a subscription per
 * call, or nats.js' own `request()`, costs a third of the throughput (docs/adr/0003).
 */
@Injectable()
export class RpcClient {
  private readonly inbox = `${createInbox()}.`;
  private readonly pending = new Map<string, Pending>();
  private counter = 0;

  constructor(
    private readonly nats: NatsConnection,
    private readonly timeoutMs: number,
    private readonly local?: LocalOperations,
  ) {
    nats.subscribe(`${this.inbox}*`, {
      callback: (_error, message) => this.settle(message.subject.slice(this.inbox.length), message),
    });
  }

  /** The answer as a value. Throws the service's `AuthError`, or `service_unavailable` (503) when nobody answers. */
  async call<Input, Output>(
    contract: RpcContract<Input, Output>,
    input: Input,
    context: RequestContext,
  ): Promise<Output> {
    const payload = JSON.stringify({ input, context });
    const operation = this.local?.find(contract.subject);
    if (operation) return JSON.parse((await carryOut(operation, payload, context)).body) as Output;
    return JSON.parse((await this.send(contract, payload, context)).string()) as Output;
  }

  /** The answer as bytes, for passing on to the client. */
  async forward<Input>(
    contract: RpcContract<Input, unknown>,
    input: Input,
    context: RequestContext,
  ): Promise<RawReply> {
    const payload = JSON.stringify({ input, context });
    const operation = this.local?.find(contract.subject);
    if (operation) {
      const { body, headers = {} } = await carryOut(operation, payload, context);
      return { body: Buffer.from(body), headers };
    }
    const message = await this.send(contract, payload, context);
    const extra = message.headers?.get(HTTP_HEADERS_HEADER);
    return { body: message.data, headers: extra ? (JSON.parse(extra) as Record<string, string>) : {} };
  }

  private async send(
    contract: Pick<RpcContract<unknown, unknown>, 'subject' | 'idempotent'>,
    payload: string,
    context: RequestContext,
  ): Promise<Msg> {
    const message = await this.request(contract.subject, payload).catch((error: unknown) => {
      // Nobody was listening, so nothing was done: a replica may be just restarting.
      if (error instanceof Unanswered && (error.undelivered || contract.idempotent))
        return this.request(contract.subject, payload);
      throw error;
    });
    const cursor = message.headers?.get(CURSOR_HEADER);
    if (cursor) noteCursor(context, cursor);
    if (message.headers?.has(ERROR_HEADER)) throw AuthError.fromWire(JSON.parse(message.string()) as AuthErrorWire);
    return message;
  }

  private request(subject: string, payload: string): Promise<Msg> {
    if (this.nats.isClosed()) throw new Unanswered(subject, true);
    const id = (++this.counter).toString(36);
    return new Promise<Msg>((resolve, reject) => {
      const timer = setTimeout(() => this.fail(id, new Unanswered(subject, false)), this.timeoutMs);
      this.pending.set(id, { resolve, reject: (e) => reject(e), timer });
      this.nats.publish(subject, payload, { reply: this.inbox + id });
    });
  }

  private settle(id: string, message: Msg): void {
    if (message.headers?.code === NO_RESPONDERS) return this.fail(id, new Unanswered(message.subject, true));
    const pending = this.take(id);
    pending?.resolve(message);
  }

  private fail(id: string, error: Error): void {
    this.take(id)?.reject(error);
  }

  private take(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    if (!pending) return undefined;
    clearTimeout(pending.timer);
    this.pending.delete(id);
    return pending;
  }
}

async function carryOut(operation: Operation, payload: string, context: RequestContext): Promise<OperationReply> {
  const reply = await operation(payload);
  if (reply.cursor) noteCursor(context, reply.cursor);
  if (reply.failed) throw AuthError.fromWire(JSON.parse(reply.body) as AuthErrorWire);
  return reply;
}

/** No answer: `undelivered` when the bus said that nobody listens, otherwise the call may have been carried out. */
class Unanswered extends AuthError {
  constructor(
    subject: string,
    readonly undelivered: boolean,
  ) {
    super('service_unavailable', 'The service is temporarily unavailable, please retry after a moment.', {
      detail: `${subject}: ${undelivered ? 'no responders' : 'timed out'}`,
      headers: { 'retry-after': '1' },
    });
  }
}

/** Headers of an error reply. */
export function errorHeaders() {
  const h = headers();
  h.set(ERROR_HEADER, '1');
  return h;
}
