import { Injectable } from '@nestjs/common';
import * as contract from '@usher/contracts/events/webhooks.contract';
import type { RpcContract } from '@usher/contracts/rpc';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { CREATE_WEBHOOK_PARAMS, REDELIVER_PARAMS, UPDATE_WEBHOOK_PARAMS } from './webhooks.params.js';

/** Webhook endpoints and their deliveries (libs/contracts/src/events/webhooks.contract.ts). */
@Injectable()
export class WebhooksFlow {
  constructor(private readonly rpc: RpcClient) {}

  async create(exchange: Exchange): Promise<Answer> {
    const input = exchange.body(CREATE_WEBHOOK_PARAMS);
    const created = await this.rpc.call(contract.createWebhook, input, exchange.context());
    return Answer.json(created, { 'cache-control': 'no-store' }, 201);
  }

  list(exchange: Exchange): Promise<Answer> {
    return this.pass(contract.listWebhooks, {}, exchange);
  }

  get(exchange: Exchange): Promise<Answer> {
    return this.pass(contract.getWebhook, idOf(exchange), exchange);
  }

  update(exchange: Exchange): Promise<Answer> {
    return this.pass(contract.updateWebhook, { ...exchange.body(UPDATE_WEBHOOK_PARAMS), ...idOf(exchange) }, exchange);
  }

  async remove(exchange: Exchange): Promise<Answer> {
    await this.rpc.call(contract.deleteWebhook, idOf(exchange), exchange.context());
    return Answer.empty(204);
  }

  switch(exchange: Exchange, action: 'pause' | 'resume' | 'verify'): Promise<Answer> {
    return this.pass(contract.switchWebhook, { ...idOf(exchange), action }, exchange);
  }

  async rotate(exchange: Exchange): Promise<Answer> {
    const reply = await this.rpc.forward(contract.rotateWebhookSecret, idOf(exchange), exchange.context());
    return Answer.raw(reply, { 'cache-control': 'no-store' });
  }

  test(exchange: Exchange): Promise<Answer> {
    return this.pass(contract.testWebhook, idOf(exchange), exchange);
  }

  deliveries(exchange: Exchange): Promise<Answer> {
    const parameter = (name: string) => exchange.queryParameter(name) || undefined;
    const query = {
      state: parameter('state'),
      subject: parameter('subject'),
      after: parameter('after'),
      limit: parameter('limit'),
    };
    return this.pass(contract.listDeliveries, { ...query, ...idOf(exchange) }, exchange);
  }

  redeliver(exchange: Exchange): Promise<Answer> {
    return this.pass(contract.redeliver, { ...exchange.body(REDELIVER_PARAMS), ...idOf(exchange) }, exchange);
  }

  async drop(exchange: Exchange): Promise<Answer> {
    const input = { ...idOf(exchange), delivery: exchange.pathParameter('delivery') };
    await this.rpc.call(contract.dropDelivery, input, exchange.context());
    return Answer.empty(204);
  }

  private async pass<I>(operation: RpcContract<I, unknown>, input: I, exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(operation, input, exchange.context()));
  }
}

const idOf = (exchange: Exchange) => ({ id: exchange.pathParameter('id') });
