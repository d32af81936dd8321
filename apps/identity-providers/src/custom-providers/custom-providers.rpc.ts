import { Controller } from '@nestjs/common';
import {
  createCustomProvider,
  deleteCustomProvider,
  getCustomProvider,
  listCustomProviders,
  updateCustomProvider,
  type CustomProviderParams,
} from '@usher/contracts/identity-providers/custom-providers.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Handles } from '@usher/messaging/handles';
import { CustomProviders } from './custom-providers.service.js';

@Controller()
export class CustomProvidersRpc {
  constructor(private readonly providers: CustomProviders) {}

  @Handles(listCustomProviders)
  list(input: { type: string }) {
    return this.providers.list(input);
  }

  @Handles(createCustomProvider)
  create(input: { params: CustomProviderParams }, context: RequestContext) {
    return this.providers.create(input, context);
  }

  @Handles(getCustomProvider)
  get(input: { identifier: string }) {
    return this.providers.get(input);
  }

  @Handles(updateCustomProvider)
  update(input: { identifier: string; params: CustomProviderParams }, context: RequestContext) {
    return this.providers.update(input, context);
  }

  @Handles(deleteCustomProvider)
  delete(input: { identifier: string }, context: RequestContext) {
    return this.providers.delete(input, context);
  }
}
