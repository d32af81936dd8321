import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import type { IdpMetadata } from '../sso-providers/idp-metadata.js';
import { MetadataClient } from '../sso-providers/metadata.client.js';
import { providerUpdated, samlOf } from '../sso-providers/provider-change.js';
import { readMetadata } from '../sso-providers/read-metadata.js';
import type { SsoProviderRow } from '../sso-providers/sso-provider.entity.js';
import { SsoProvidersRepository } from '../sso-providers/sso-providers.repository.js';
import { isStale } from './stale-metadata.js';

/** After a failed attempt the next answers do not wait for another. */
const RETRY_AFTER_MS = 300_000;

/** The metadata of a provider as they are now: fetched again from their address when they have become old. */
@Injectable()
export class CurrentMetadata {
  private readonly failedAt = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly providers: SsoProvidersRepository,
    private readonly client: MetadataClient,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The fresh ones count at once, so that an identity provider that has changed its key is not locked out. */
  async of(provider: SsoProviderRow, context: RequestContext): Promise<IdpMetadata> {
    const stored = await readMetadata(provider.metadata_xml);
    const now = this.clock.now();
    if (!provider.metadata_url || !isStale(stored, provider.saml_updated_at, now)) return stored;
    if (now.getTime() - (this.failedAt.get(provider.id) ?? -Infinity) < RETRY_AFTER_MS) return stored;
    try {
      const fresh = await this.refresh(provider, context, now);
      this.failedAt.delete(provider.id);
      return fresh;
    } catch (error) {
      this.failedAt.set(provider.id, now.getTime());
      this.logger.warn({ error, sso_provider_id: provider.id }, 'SAML metadata could not be refreshed');
      return stored;
    }
  }

  /** Whoever serves the address cannot make the provider another one: the entity stays. */
  private async refresh(provider: SsoProviderRow, context: RequestContext, now: Date): Promise<IdpMetadata> {
    const xml = await this.client.fetch(provider.metadata_url ?? '');
    const fresh = await readMetadata(xml);
    if (fresh.entityId !== provider.entity_id)
      throw new Error(`the metadata are of ${fresh.entityId} and not of ${provider.entity_id}`);
    await this.database.transaction(async (tx) => {
      const before = await this.providers.lockById(tx, provider.id);
      if (!before || before.metadata_url !== provider.metadata_url) return;
      await this.providers.updateSaml(tx, before.id, { ...samlOf(before), metadataXml: xml }, now);
      if (before.metadata_xml === xml) return;
      const event = providerUpdated(before, { ...before, metadata_xml: xml });
      const system = { ...context, origin: 'job' as const, actor: { type: 'system' as const, id: null } };
      await this.outbox.append(tx, system, null, event);
    });
    return fresh;
  }
}
