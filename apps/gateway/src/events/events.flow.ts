import { Injectable } from '@nestjs/common';
import { listEvents } from '@usher/contracts/events/feed.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

/** GET /events?after=&limit=&type=&subject= (libs/contracts/src/events/feed.contract.ts). */
@Injectable()
export class EventsFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    const parameter = (name: string) => exchange.parameter(name) || undefined;
    const input = {
      after: parameter('after'),
      limit: parameter('limit'),
      type: parameter('type'),
      subject: parameter('subject'),
    };
    return Answer.json(await this.rpc.call(listEvents, input, exchange.context()));
  }
}
