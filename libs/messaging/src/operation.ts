/** What a call came to, as text for the bus: the answer as JSON, or with `failed` the error's wire form. */
export interface OperationReply {
  body: string;
  /** For the HTTP response. */
  headers?: Record<string, string>;
  failed?: boolean;
  /** What was written (write-cursors.ts). */
  cursor?: string;
}

/** Carries out a call, given as the JSON text of an `RpcCall`. Never rejects. */
export type Operation = (payload: string) => Promise<OperationReply>;

/**
 * Operations of services that run in this process, by subject. A call to one of them is a function call with the same text that the bus would carry,
 * so that a service cannot tell the difference and shares no object with its caller (docs/adr/0003).
 */
export class LocalOperations {
  private readonly operations = new Map<string, Operation>();

  add(subject: string, operation: Operation): void {
    this.operations.set(subject, operation);
  }

  remove(subject: string): void {
    this.operations.delete(subject);
  }

  find(subject: string): Operation | undefined {
    return this.operations.get(subject);
  }
}
