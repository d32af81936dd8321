import { Injectable } from '@nestjs/common';
import type { SsoProviderObject, SsoProviderParams } from '@usher/contracts/identity-providers/sso-providers.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database, type Transaction } from '@usher/database/database';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { v4 as uuid } from 'uuid';
import type { IdpMetadata } from './idp-metadata.js';
import { MetadataClient } from './metadata.client.js';
import { changedDomains, changedSaml, providerUpdated } from './provider-change.js';
import { explainConflict } from './provider-conflict.js';
import { readMetadata } from './read-metadata.js';
import type { SsoProviderRow } from './sso-provider.entity.js';
import { checkChange, checkNew, readProviderId, toProviderObject, withoutMetadata } from './sso-provider.js';
import {
  domainOfAnother,
  domainTaken,
  entityExists,
  entityMismatch,
  malformedMetadata,
  providerNotFound,
} from './sso-providers.errors.js';
import { SsoProvidersRepository } from './sso-providers.repository.js';

/** Identity providers for single sign-on, as administrators keep them (sso-saml.md §6). */
@Injectable()
export class SsoProvidersService {
  constructor(
    private readonly database: Database,
    private readonly providers: SsoProvidersRepository,
    private readonly metadata: MetadataClient,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async list(filter: { resourceId: string; resourceIdPrefix: string }): Promise<{ items: SsoProviderObject[] }> {
    const rows = await this.providers.list(this.database, filter.resourceId, filter.resourceIdPrefix);
    return { items: rows.map((row) => withoutMetadata(toProviderObject(row))) };
  }

  async get(id: string): Promise<SsoProviderObject> {
    return toProviderObject(await this.find(id));
  }

  async create(params: SsoProviderParams, context: RequestContext): Promise<SsoProviderObject> {
    checkNew(params);
    const { xml, idp } = await this.read(params);
    const { resourceId, disabled = null, domains = [], attributeMapping = {}, nameIdFormat, metadataUrl } = params;
    const saml = {
      ...{ metadataXml: xml, metadataUrl: metadataUrl || null, attributeMapping },
      nameIdFormat: nameIdFormat || null,
    };
    const id = uuid();
    const now = this.clock.now();
    return this.write(idp.entityId, async (tx) => {
      if (await this.providers.findByEntity(tx, idp.entityId)) throw entityExists(idp.entityId);
      const [taken] = await this.providers.ownersOf(tx, domains);
      if (taken) throw domainTaken(taken.domain, taken.id);
      await this.providers.insert(tx, id, resourceId || null, disabled, now);
      await this.providers.insertSaml(tx, id, idp.entityId, saml, now);
      await this.providers.insertDomains(tx, id, domains, now);
      const provider = toProviderObject(await this.stored(tx, id));
      const record = withoutMetadata(provider);
      await this.outbox.append(tx, context, null, { type: 'sso_provider.created', subject: id, record });
      return provider;
    });
  }

  /** What is absent stays; when nothing changes nothing is written. */
  async update(id: string, params: SsoProviderParams, context: RequestContext): Promise<SsoProviderObject> {
    const found = await this.find(id);
    checkChange(params);
    const fetched = params.metadataXml || params.metadataUrl ? await this.read(params) : undefined;
    if (fetched && fetched.idp.entityId !== found.entity_id)
      throw entityMismatch(found.entity_id, fetched.idp.entityId);
    const now = this.clock.now();
    return this.write(found.entity_id, async (tx) => {
      const before = await this.providers.lockById(tx, found.id);
      if (!before) throw providerNotFound();
      await this.change(tx, before, params, fetched?.xml, now);
      const after = await this.stored(tx, before.id);
      const event = providerUpdated(before, after);
      if (event.changed?.length) await this.outbox.append(tx, context, null, event);
      return toProviderObject(after);
    });
  }

  async delete(id: string, context: RequestContext): Promise<SsoProviderObject> {
    const found = await this.find(id);
    return this.database.transaction(async (tx) => {
      const row = await this.providers.lockById(tx, found.id);
      if (!row) throw providerNotFound();
      await this.providers.remove(tx, row.id);
      const provider = toProviderObject(row);
      const record = withoutMetadata(provider);
      await this.outbox.append(tx, context, null, { type: 'sso_provider.deleted', subject: row.id, record });
      return provider;
    });
  }

  private async change(
    tx: Transaction,
    row: SsoProviderRow,
    params: SsoProviderParams,
    xml: string | undefined,
    now: Date,
  ): Promise<void> {
    const { added, gone } = changedDomains(row, params.domains);
    const taken = (await this.providers.ownersOf(tx, added)).find((owner) => owner.id !== row.id);
    if (taken) throw domainOfAnother(taken.domain, taken.id);
    const saml = changedSaml(row, params, xml);
    const resourceId = params.resourceId === undefined ? row.resource_id : params.resourceId || null;
    const disabled = params.disabled ?? row.disabled;
    const same = resourceId === row.resource_id && disabled === row.disabled && !added.length && !gone.length;
    if (saml) await this.providers.updateSaml(tx, row.id, saml, now);
    if (!same) await this.providers.update(tx, row.id, resourceId, disabled, now);
    await this.providers.removeDomains(tx, row.id, gone);
    await this.providers.insertDomains(tx, row.id, added, now);
  }

  private async read({ metadataXml, metadataUrl }: SsoProviderParams): Promise<{ xml: string; idp: IdpMetadata }> {
    const xml = metadataXml || (await this.metadata.fetch(metadataUrl ?? ''));
    if (!xml) throw malformedMetadata();
    return { xml, idp: await readMetadata(xml) };
  }

  private async find(id: string): Promise<SsoProviderRow> {
    const name = readProviderId(id);
    if (!name) throw providerNotFound();
    const row =
      'id' in name
        ? await this.providers.findById(this.database, name.id)
        : await this.providers.findByResource(this.database, name.resourceId);
    if (!row) throw providerNotFound();
    return row;
  }

  private async stored(tx: Transaction, id: string): Promise<SsoProviderRow> {
    const row = await this.providers.findById(tx, id);
    if (!row) throw providerNotFound();
    return row;
  }

  private async write<T>(entityId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(work).catch((error: unknown) => {
      throw explainConflict(error, entityId);
    });
  }
}
