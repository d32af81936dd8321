import { Controller } from '@nestjs/common';
import {
  createSsoProvider,
  deleteSsoProvider,
  getSsoProvider,
  listSsoProviders,
  updateSsoProvider,
  type SsoProviderParams,
} from '@usher/contracts/identity-providers/sso-providers.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Handles } from '@usher/messaging/handles';
import { SsoProvidersService } from './sso-providers.service.js';

@Controller()
export class SsoProvidersRpc {
  constructor(private readonly providers: SsoProvidersService) {}

  @Handles(listSsoProviders)
  list(filter: { resourceId: string; resourceIdPrefix: string }) {
    return this.providers.list(filter);
  }

  @Handles(createSsoProvider)
  create({ params }: { params: SsoProviderParams }, context: RequestContext) {
    return this.providers.create(params, context);
  }

  @Handles(getSsoProvider)
  get({ id }: { id: string }) {
    return this.providers.get(id);
  }

  @Handles(updateSsoProvider)
  update({ id, params }: { id: string; params: SsoProviderParams }, context: RequestContext) {
    return this.providers.update(id, params, context);
  }

  @Handles(deleteSsoProvider)
  delete({ id }: { id: string }, context: RequestContext) {
    return this.providers.delete(id, context);
  }
}
