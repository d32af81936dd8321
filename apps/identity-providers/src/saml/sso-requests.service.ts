import { Injectable } from '@nestjs/common';
import type { StartSsoInput } from '@usher/contracts/identity-providers/saml.contract';
import { Database } from '@usher/database/database';
import { Clock } from '@usher/runtime/clock';
import { v4 as uuid } from 'uuid';
import type { SsoProviderRow } from '../sso-providers/sso-provider.entity.js';
import { SsoProvidersRepository } from '../sso-providers/sso-providers.repository.js';
import { readMetadata } from '../sso-providers/read-metadata.js';
import { newRequestId, requestUrl } from './authn-request.js';
import { readChallenge } from './challenge.js';
import { RelayStatesRepository } from './relay-states.repository.js';
import {
  invalidRequest,
  noProviderOfDomain,
  noSelector,
  noSuchProvider,
  providerDisabled,
  twoSelectors,
} from './saml.errors.js';
import { ServiceProviderRole } from './service-provider.provider.js';
import { spMetadata } from './sp-metadata.js';

/** What we say to identity providers: our metadata, and requests to sign somebody in (sso-saml.md §3, §4). */
@Injectable()
export class SsoRequestsService {
  constructor(
    private readonly database: Database,
    private readonly providers: SsoProvidersRepository,
    private readonly relayStates: RelayStatesRepository,
    private readonly role: ServiceProviderRole,
    private readonly clock: Clock,
  ) {}

  async metadata(download: boolean): Promise<{ xml: string; cacheControl: string }> {
    const sp = this.role.get();
    const cacheControl = `public, max-age=${sp.next ? 60 : 600}`;
    return { xml: spMetadata(sp, download, this.clock.now()), cacheControl };
  }

  async start(input: StartSsoInput): Promise<{ url: string }> {
    const sp = this.role.get();
    const provider = await this.findProvider(input);
    if (provider.disabled) throw providerDisabled();
    const pkce = readChallenge(input.codeChallenge, input.codeChallengeMethod);
    const destination = (await readMetadata(provider.metadata_xml)).redirectUrl;
    if (!destination) throw invalidRequest('SAML Metadata does not contain a SingleSignOnService for HTTP-Redirect');
    const now = this.clock.now();
    const { redirectTo } = input;
    const relay = { id: uuid(), providerId: provider.id, requestId: newRequestId(), redirectTo, flowId: uuid() };
    const flow = {
      ...{ id: relay.flowId, authCode: pkce ? uuid() : null, redirectTo },
      ...{ challenge: pkce?.challenge ?? null, method: pkce?.method ?? null },
    };
    await this.database.transaction((tx) => this.relayStates.insert(tx, relay, flow, now));
    const request = { id: relay.requestId, destination, nameIdFormat: provider.name_id_format };
    return { url: requestUrl(request, relay.id, sp, now) };
  }

  private async findProvider({ providerId, domain }: StartSsoInput): Promise<SsoProviderRow> {
    if (providerId && domain) throw twoSelectors();
    if (!providerId && !domain) throw noSelector();
    const found = providerId
      ? await this.providers.findById(this.database, providerId)
      : await this.providers.findByDomain(this.database, domain);
    if (found) return found;
    throw providerId ? noSuchProvider() : noProviderOfDomain();
  }
}
