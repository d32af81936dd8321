import type { RequestContext } from './request-context.js';

export type ServiceName = 'gateway' | 'users' | 'tokens' | 'identity-providers' | 'messenger' | 'events';

/**
 * One operation of one service. The types are carried by the contract object itself, so that "go to references" on it walks the whole flow.
 */
export interface RpcContract<Input, Output> {
  readonly service: ServiceName;
  readonly subject: string;
  /** True when a call that got no answer may be sent again. */
  readonly idempotent: boolean;
  /** Carries the types only. */
  readonly types?: { input: Input; output: Output };
}

/** The message of a call. */
export interface RpcCall<Input> {
  input: Input;
  context: RequestContext;
}

export function rpc<Input, Output>(
  service: ServiceName,
  operation: string,
  options: { idempotent?: boolean } = {},
): RpcContract<Input, Output> {
  return { service, subject: `usher.rpc.${service}.${operation}`, idempotent: options.idempotent ?? false };
}

/** A call's answer that already is JSON text, with headers for the HTTP response: passed through to the client as it is. */
export class JsonReply {
  constructor(
    readonly body: string,
    readonly headers?: Record<string, string>,
  ) {}

  static of(value: unknown, headers?: Record<string, string>): JsonReply {
    return new JsonReply(JSON.stringify(value), headers);
  }
}
