import { Injectable } from '@nestjs/common';
import type { AttributeMapping } from '@usher/contracts/identity-providers/sso-providers.contract';
import type { Queryable, Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import { v7 as uuidv7 } from 'uuid';
import type { SsoProviderRow } from './sso-provider.entity.js';

const SELECT = `SELECT p.id, p.resource_id, p.disabled, p.created_at, p.updated_at, s.entity_id, s.metadata_xml,
    s.metadata_url, s.attribute_mapping, s.name_id_format, s.updated_at AS saml_updated_at,
    ARRAY(SELECT d.domain FROM sso_domains d WHERE d.sso_provider_id = p.id ORDER BY d.created_at, d.id) AS domains
  FROM sso_providers p JOIN saml_providers s ON s.sso_provider_id = p.id`;

const list = statement<SsoProviderRow>(
  'ssoProviders.list',
  `${SELECT} WHERE ($1 = '' OR p.resource_id = $1) AND ($1 <> '' OR $2 = '' OR starts_with(p.resource_id, $2))
   ORDER BY p.created_at, p.id`,
);
const findById = statement<SsoProviderRow>('ssoProviders.findById', `${SELECT} WHERE p.id = $1`);
const findByResource = statement<SsoProviderRow>('ssoProviders.findByResource', `${SELECT} WHERE p.resource_id = $1`);
const findByEntity = statement<SsoProviderRow>('ssoProviders.findByEntity', `${SELECT} WHERE s.entity_id = $1`);
const findByDomain = statement<SsoProviderRow>(
  'ssoProviders.findByDomain',
  `${SELECT} WHERE p.id = (SELECT sso_provider_id FROM sso_domains WHERE lower(domain) = lower($1))`,
);
const lock = statement('ssoProviders.lock', 'SELECT 1 FROM sso_providers WHERE id = $1 FOR UPDATE');
const ownersOf = statement<{ domain: string; id: string }>(
  'ssoProviders.ownersOf',
  `SELECT w.domain, d.sso_provider_id AS id FROM unnest($1::text[]) WITH ORDINALITY AS w(domain, n)
   JOIN sso_domains d ON lower(d.domain) = lower(w.domain) ORDER BY w.n`,
);
const insertProvider = statement(
  'ssoProviders.insert',
  'INSERT INTO sso_providers (id, resource_id, disabled, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)',
);
const insertSaml = statement(
  'ssoProviders.insertSaml',
  `INSERT INTO saml_providers (id, sso_provider_id, entity_id, metadata_xml, metadata_url, attribute_mapping,
     name_id_format, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
);
const updateProvider = statement(
  'ssoProviders.update',
  'UPDATE sso_providers SET resource_id = $2, disabled = $3, updated_at = $4 WHERE id = $1',
);
const updateSaml = statement(
  'ssoProviders.updateSaml',
  `UPDATE saml_providers SET metadata_xml = $2, metadata_url = $3, attribute_mapping = $4, name_id_format = $5,
     updated_at = $6 WHERE sso_provider_id = $1`,
);
const insertDomains = statement(
  'ssoProviders.insertDomains',
  `INSERT INTO sso_domains (id, sso_provider_id, domain, created_at, updated_at)
   SELECT d.id, $1, d.domain, $3, $3 FROM jsonb_to_recordset($2::jsonb) AS d(id uuid, domain text)`,
);
const removeDomains = statement(
  'ssoProviders.removeDomains',
  'DELETE FROM sso_domains WHERE sso_provider_id = $1 AND domain = ANY($2)',
);
const remove = statement('ssoProviders.remove', 'DELETE FROM sso_providers WHERE id = $1');

export interface SamlColumns {
  metadataXml: string;
  metadataUrl: string | null;
  attributeMapping: AttributeMapping;
  nameIdFormat: string | null;
}

/** Providers with their SAML part and their domains: three tables that are always written together. */
@Injectable()
export class SsoProvidersRepository {
  list(db: Queryable, resourceId: string, prefix: string): Promise<SsoProviderRow[]> {
    return db.rows(list, [resourceId, prefix]);
  }

  findById(db: Queryable, id: string): Promise<SsoProviderRow | undefined> {
    return db.first(findById, [id]);
  }

  findByResource(db: Queryable, resourceId: string): Promise<SsoProviderRow | undefined> {
    return db.first(findByResource, [resourceId]);
  }

  findByEntity(db: Queryable, entityId: string): Promise<SsoProviderRow | undefined> {
    return db.first(findByEntity, [entityId]);
  }

  findByDomain(db: Queryable, domain: string): Promise<SsoProviderRow | undefined> {
    return db.first(findByDomain, [domain]);
  }

  /** The provider as it is, held until the end of the transaction. */
  async lockById(tx: Transaction, id: string): Promise<SsoProviderRow | undefined> {
    await tx.first(lock, [id]);
    return this.findById(tx, id);
  }

  /** Which of the domains belong to a provider already, in any case of letters. */
  ownersOf(db: Queryable, domains: string[]): Promise<{ domain: string; id: string }[]> {
    return domains.length ? db.rows(ownersOf, [domains]) : Promise.resolve([]);
  }

  async insert(tx: Transaction, id: string, resourceId: string | null, disabled: boolean | null, now: Date) {
    await tx.run(insertProvider, [id, resourceId, disabled, now]);
  }

  async insertSaml(tx: Transaction, providerId: string, entityId: string, saml: SamlColumns, now: Date): Promise<void> {
    await tx.run(insertSaml, [uuidv7(), providerId, entityId, ...valuesOf(saml), now]);
  }

  async update(tx: Transaction, id: string, resourceId: string | null, disabled: boolean | null, now: Date) {
    await tx.run(updateProvider, [id, resourceId, disabled, now]);
  }

  async updateSaml(tx: Transaction, providerId: string, saml: SamlColumns, now: Date): Promise<void> {
    await tx.run(updateSaml, [providerId, ...valuesOf(saml), now]);
  }

  async insertDomains(tx: Transaction, providerId: string, domains: string[], now: Date): Promise<void> {
    if (!domains.length) return;
    const rows = domains.map((domain) => ({ id: uuidv7(), domain }));
    await tx.run(insertDomains, [providerId, jsonParameter(rows), now]);
  }

  async removeDomains(tx: Transaction, providerId: string, domains: string[]): Promise<void> {
    if (domains.length) await tx.run(removeDomains, [providerId, domains]);
  }

  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.run(remove, [id]);
  }
}

function valuesOf({ metadataXml, metadataUrl, attributeMapping, nameIdFormat }: SamlColumns): unknown[] {
  return [metadataXml, metadataUrl, jsonParameter(attributeMapping), nameIdFormat];
}
