import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { EMPTY_LIST, scimError, serviceProviderConfig } from './discovery.js';

const CONFIG = '/scim/v2/ServiceProviderConfig';
const LISTS = new Set(['/scim/v2/ResourceTypes', '/scim/v2/Schemas']);

/** SCIM 2.0, as far as the reference has it: what is supported, and that there is nothing yet. */
@Injectable()
export class ScimFlow {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  answer(exchange: Exchange): Answer {
    if (!this.settings.experimental.scimEnabled) throw new AuthError('feature_disabled', 'SCIM server is disabled');
    const { path, method } = exchange;
    const isList = LISTS.has(path);
    if (path !== CONFIG && !isList) return scim(404, scimError(404, 'Endpoint or resource does not exist'));
    if (method !== 'GET') return Answer.empty(405, { allow: 'GET' });
    if (!isList) return scim(200, serviceProviderConfig(this.settings.api.externalUrl));
    if (exchange.parameters('filter').length)
      return scim(403, scimError(403, 'Filtering is not supported on this endpoint'));
    return scim(200, EMPTY_LIST);
  }
}

function scim(status: number, body: object): Answer {
  return Answer.json(body, { 'content-type': 'application/scim+json' }, status);
}
