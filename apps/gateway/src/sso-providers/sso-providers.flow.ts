import { Injectable } from '@nestjs/common';
import {
  createSsoProvider,
  deleteSsoProvider,
  getSsoProvider,
  listSsoProviders,
  updateSsoProvider,
  type SsoProviderParams,
} from '@usher/contracts/identity-providers/sso-providers.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { canonicalUuid } from '../bearer/uuid.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { SSO_PROVIDER_PARAMS } from './sso-providers.params.js';

/** sso-saml.md §6. */
@Injectable()
export class SsoProvidersFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    const filter = {
      resourceId: withoutNul(exchange.queryParameter('resource_id')),
      resourceIdPrefix: withoutNul(exchange.queryParameter('resource_id_prefix')),
    };
    return Answer.raw(await this.rpc.forward(listSsoProviders, filter, exchange.context()));
  }

  async create(exchange: Exchange): Promise<Answer> {
    const params = readParams(exchange);
    return Answer.json(await this.rpc.call(createSsoProvider, { params }, exchange.context()), {}, 201);
  }

  async get(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(getSsoProvider, { id: idOf(exchange) }, exchange.context()));
  }

  /** An unknown provider is told before a bad body. */
  async update(exchange: Exchange): Promise<Answer> {
    const id = idOf(exchange);
    await this.rpc.call(getSsoProvider, { id }, exchange.context());
    const input = { id, params: readParams(exchange) };
    return Answer.raw(await this.rpc.forward(updateSsoProvider, input, exchange.context()));
  }

  async delete(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(deleteSsoProvider, { id: idOf(exchange) }, exchange.context()));
  }
}

function idOf(exchange: Exchange): string {
  const id = withoutNul(exchange.pathParameter('idp_id'));
  return canonicalUuid(id) ?? id;
}

/** PostgreSQL takes no NUL, and no name has one. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}

function readParams(exchange: Exchange): SsoProviderParams {
  const body = exchange.body(SSO_PROVIDER_PARAMS);
  const { type, domains, disabled } = body;
  return {
    ...{ type, domains, disabled },
    metadataUrl: body.metadata_url,
    metadataXml: body.metadata_xml,
    attributeMapping: body.attribute_mapping,
    nameIdFormat: body.name_id_format,
    resourceId: body.resource_id,
  };
}
