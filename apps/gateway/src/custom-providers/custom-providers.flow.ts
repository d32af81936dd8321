import { Injectable } from '@nestjs/common';
import {
  createCustomProvider,
  deleteCustomProvider,
  getCustomProvider,
  listCustomProviders,
  updateCustomProvider,
} from '@usher/contracts/identity-providers/custom-providers.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { CUSTOM_PROVIDER_PARAMS } from './custom-providers.params.js';

/** external-providers.md §13.2. */
@Injectable()
export class CustomProvidersFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    const input = { type: exchange.queryParameter('type') };
    return Answer.raw(await this.rpc.forward(listCustomProviders, input, exchange.context()));
  }

  async create(exchange: Exchange): Promise<Answer> {
    await this.rpc.call(listCustomProviders, { type: '' }, exchange.context());
    const params = exchange.body(CUSTOM_PROVIDER_PARAMS);
    return Answer.json(await this.rpc.call(createCustomProvider, { params }, exchange.context()), {}, 201);
  }

  async get(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(getCustomProvider, identifierOf(exchange), exchange.context()));
  }

  /** An unknown provider is told before a bad body. */
  async update(exchange: Exchange): Promise<Answer> {
    const { identifier } = identifierOf(exchange);
    await this.rpc.call(getCustomProvider, { identifier }, exchange.context());
    const params = exchange.body(CUSTOM_PROVIDER_PARAMS);
    return Answer.raw(await this.rpc.forward(updateCustomProvider, { identifier, params }, exchange.context()));
  }

  async delete(exchange: Exchange): Promise<Answer> {
    await this.rpc.call(deleteCustomProvider, identifierOf(exchange), exchange.context());
    return Answer.empty(204);
  }
}

function identifierOf(exchange: Exchange): { identifier: string } {
  return { identifier: exchange.pathParameter('identifier') };
}
