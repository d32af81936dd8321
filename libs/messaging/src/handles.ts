import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonReply, RpcContract } from '@usher/contracts/rpc';

type Handler<Input, Output> = (input: Input, context: RequestContext) => Promise<Output | JsonReply>;

/** Marks the method that carries out an operation; its signature is checked against the contract. */
export function Handles<Input, Output>(contract: RpcContract<Input, Output>) {
  return <T extends Handler<Input, Output>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T>,
  ): void => {
    // Without these Nest passes the payload alone.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(contract.subject)(target, key as string, descriptor as PropertyDescriptor);
  };
}
