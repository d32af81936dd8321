import { Inject, Injectable } from '@nestjs/common';
import type { EventType } from '@usher/contracts/events/event-types';
import type {
  CustomProviderObject,
  CustomProviderParams,
} from '@usher/contracts/identity-providers/custom-providers.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database, type Transaction } from '@usher/database/database';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { v4 as uuid } from 'uuid';
import { Discovery } from '../id-tokens/discovery.client.js';
import type { CustomProviderRow } from './custom-provider.entity.js';
import {
  checkComplete,
  checkForm,
  checkIdentifier,
  checkOptions,
  checkType,
  toObject,
  urlsOf,
  withOpenid,
} from './custom-provider.js';
import { identifierTaken, invalid, notFound, overQuota, switchedOff } from './custom-providers.errors.js';
import { CustomProvidersRepository } from './custom-providers.repository.js';
import { ProviderUrls } from './provider-url.service.js';

/** Providers that an administrator adds while the server runs (external-providers.md §13). */
@Injectable()
export class CustomProviders {
  private readonly cipher: ColumnCipher;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly providers: CustomProvidersRepository,
    private readonly urls: ProviderUrls,
    private readonly discovery: Discovery,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {
    this.cipher = new ColumnCipher(settings.security.databaseEncryption);
  }

  async list({ type }: { type: string }): Promise<{ providers: CustomProviderObject[] }> {
    this.refuseWhenOff();
    if (type && type !== 'oauth2' && type !== 'oidc') throw invalid("type must be either 'oauth2' or 'oidc'");
    return { providers: (await this.providers.list(this.database, type)).map(toObject) };
  }

  async get({ identifier }: { identifier: string }): Promise<CustomProviderObject> {
    this.refuseWhenOff();
    checkIdentifier(identifier);
    const row = await this.providers.find(this.database, identifier);
    if (!row) throw notFound();
    return toObject(row);
  }

  async create({ params }: { params: CustomProviderParams }, context: RequestContext): Promise<CustomProviderObject> {
    this.refuseWhenOff();
    checkComplete(params);
    checkOptions(params);
    await this.refuseOverQuota(this.database);
    checkType(params.provider_type);
    for (const url of urlsOf(params.provider_type, params)) await this.urls.check(url);
    const identifier = params.identifier ?? '';
    if (await this.providers.find(this.database, identifier)) throw identifierTaken();
    checkForm(params);
    const document =
      params.provider_type === 'oidc' ? await this.urls.discover(params.issuer ?? '', params.discovery_url) : null;
    const now = this.clock.now();
    const row = this.newRow(params, document, now);
    return this.database.transaction(async (tx) => {
      await this.refuseOverQuota(tx);
      if (await this.providers.find(tx, identifier)) throw identifierTaken();
      const stored = await this.providers.insert(tx, row);
      await this.append(tx, 'custom_provider.created', stored, context);
      return toObject(stored);
    });
  }

  async update(
    { identifier, params }: { identifier: string; params: CustomProviderParams },
    context: RequestContext,
  ): Promise<CustomProviderObject> {
    this.refuseWhenOff();
    checkIdentifier(identifier);
    const known = await this.providers.find(this.database, identifier);
    if (!known) throw notFound();
    checkOptions(params);
    checkForm({ ...params, identifier: undefined });
    for (const url of urlsOf(known.provider_type, params)) await this.urls.check(url);
    const patch = await this.patchOf(known, params);
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const before = await this.providers.lock(tx, identifier);
      if (!before) throw notFound();
      const after = await this.providers.update(tx, before.id, patch, now);
      await this.append(tx, 'custom_provider.updated', after, context, before);
      for (const issuer of [before.issuer, after.issuer]) if (issuer) this.discovery.forget(issuer);
      return toObject(after);
    });
  }

  async delete({ identifier }: { identifier: string }, context: RequestContext): Promise<Record<string, never>> {
    this.refuseWhenOff();
    checkIdentifier(identifier);
    await this.database.transaction(async (tx) => {
      const removed = await this.providers.remove(tx, identifier);
      if (!removed) throw notFound();
      await this.append(tx, 'custom_provider.deleted', removed, context);
    });
    return {};
  }

  private newRow(
    params: CustomProviderParams,
    document: CustomProviderRow['cached_discovery'],
    now: Date,
  ): CustomProviderRow {
    const id = uuid();
    const time = now.toISOString();
    const type = params.provider_type === 'oidc' ? 'oidc' : 'oauth2';
    const oidc = type === 'oidc';
    return {
      ...{ id, provider_type: type, identifier: params.identifier ?? '', name: params.name ?? '' },
      ...{ client_id: params.client_id ?? '', client_secret: this.cipher.seal(id, params.client_secret ?? '') },
      ...{ acceptable_client_ids: params.acceptable_client_ids ?? [], scopes: withOpenid(type, params.scopes) },
      ...{ pkce_enabled: params.pkce_enabled ?? true, attribute_mapping: params.attribute_mapping ?? {} },
      custom_claims_allowlist: params.custom_claims_allowlist ?? [],
      ...{ authorization_params: params.authorization_params ?? {}, enabled: params.enabled ?? true },
      ...{ email_optional: params.email_optional ?? false, issuer: oidc ? (params.issuer ?? null) : null },
      ...{ discovery_url: (oidc && params.discovery_url) || null },
      ...{ skip_nonce_check: oidc && (params.skip_nonce_check ?? false), cached_discovery: document },
      ...{
        discovery_cached_at: document ? time : null,
        authorization_url: oidc ? null : (params.authorization_url ?? null),
      },
      ...{
        token_url: oidc ? null : (params.token_url ?? null),
        userinfo_url: oidc ? null : (params.userinfo_url ?? null),
      },
      ...{ jwks_uri: oidc ? null : params.jwks_uri || null, created_at: time, updated_at: time },
    };
  }

  /** Empty texts change nothing, empty lists and maps clear (§13.4). */
  private async patchOf(row: CustomProviderRow, params: CustomProviderParams): Promise<Partial<CustomProviderRow>> {
    const oidc = row.provider_type === 'oidc';
    const own = oidc
      ? (['issuer', 'discovery_url'] as const)
      : (['authorization_url', 'token_url', 'userinfo_url', 'jwks_uri'] as const);
    const patch: Partial<CustomProviderRow> = {};
    for (const field of ['name', 'client_id', ...own] as const) if (params[field]) patch[field] = params[field];
    if (params.client_secret) patch.client_secret = this.cipher.seal(row.id, params.client_secret);
    for (const field of ['acceptable_client_ids', 'custom_claims_allowlist'] as const)
      if (params[field]) patch[field] = params[field];
    if (params.scopes) patch.scopes = withOpenid(row.provider_type, params.scopes);
    for (const field of ['attribute_mapping', 'authorization_params'] as const)
      if (params[field]) patch[field] = params[field];
    for (const field of ['pkce_enabled', 'enabled', 'email_optional'] as const)
      if (params[field] !== undefined) patch[field] = params[field];
    if (oidc && params.skip_nonce_check !== undefined) patch.skip_nonce_check = params.skip_nonce_check;
    if (oidc && (params.issuer !== undefined || params.discovery_url !== undefined)) {
      const issuer = patch.issuer ?? row.issuer ?? '';
      patch.cached_discovery = await this.urls.discover(issuer, patch.discovery_url ?? row.discovery_url ?? undefined);
      patch.discovery_cached_at = this.clock.now().toISOString();
    }
    return patch;
  }

  private async refuseOverQuota(db: Database | Transaction): Promise<void> {
    const most = this.settings.providers.custom.maxProviders;
    if (most > 0 && (await this.providers.countForCreation(db)) >= most) throw overQuota();
  }

  private refuseWhenOff(): void {
    if (!this.settings.providers.custom.enabled) throw switchedOff();
  }

  private append(
    tx: Transaction,
    type: EventType,
    row: CustomProviderRow,
    context: RequestContext,
    before?: CustomProviderRow,
  ): Promise<void> {
    const record = toObject(row);
    const previous = before && changedFrom(toObject(before), record);
    return this.outbox.append(tx, context, null, { type, subject: row.id, record, previous });
  }
}

function changedFrom(before: CustomProviderObject, after: CustomProviderObject): object {
  const changed = Object.entries(before).filter(
    ([key, value]) =>
      key !== 'updated_at' && JSON.stringify(value) !== JSON.stringify(after[key as keyof CustomProviderObject]),
  );
  return Object.fromEntries(changed);
}
