import { Injectable } from '@nestjs/common';
import type { Queryable } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { updateRow } from '@usher/database/row-patch';
import { statement } from '@usher/database/statement';
import type { CustomProviderRow } from './custom-provider.entity.js';

const COLUMNS = [
  ...['id', 'provider_type', 'identifier', 'name', 'client_id', 'client_secret', 'acceptable_client_ids', 'scopes'],
  ...['pkce_enabled', 'attribute_mapping', 'custom_claims_allowlist', 'authorization_params', 'enabled'],
  ...['email_optional', 'issuer', 'discovery_url', 'skip_nonce_check', 'cached_discovery', 'discovery_cached_at'],
  ...['authorization_url', 'token_url', 'userinfo_url', 'jwks_uri', 'created_at', 'updated_at'],
] as const satisfies readonly (keyof CustomProviderRow)[];

const JSON_COLUMNS: ReadonlySet<string> = new Set(['attribute_mapping', 'authorization_params', 'cached_discovery']);

const all = statement<CustomProviderRow>(
  'customProviders.all',
  `SELECT * FROM custom_oauth_providers WHERE $1 = '' OR provider_type = $1 ORDER BY created_at DESC, id`,
);
const byIdentifier = statement<CustomProviderRow>(
  'customProviders.byIdentifier',
  'SELECT * FROM custom_oauth_providers WHERE identifier = $1',
);
const lock = statement<CustomProviderRow>(
  'customProviders.lock',
  'SELECT * FROM custom_oauth_providers WHERE identifier = $1 FOR UPDATE',
);
const count = statement<{ n: number }>(
  'customProviders.count',
  'SELECT count(*)::int AS n FROM custom_oauth_providers',
);
/** One creation at a time, so that the quota holds. */
const lockAll = statement(
  'customProviders.lockAll',
  `SELECT pg_advisory_xact_lock(hashtext('custom_oauth_providers'))`,
);
const insert = statement<CustomProviderRow>(
  'customProviders.insert',
  `INSERT INTO custom_oauth_providers (${COLUMNS.join(', ')})
   VALUES (${COLUMNS.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING *`,
);
const remove = statement<CustomProviderRow>(
  'customProviders.remove',
  'DELETE FROM custom_oauth_providers WHERE identifier = $1 RETURNING *',
);

@Injectable()
export class CustomProvidersRepository {
  list(db: Queryable, type: string): Promise<CustomProviderRow[]> {
    return db.rows(all, [type]);
  }

  find(db: Queryable, identifier: string): Promise<CustomProviderRow | undefined> {
    return db.first(byIdentifier, [identifier]);
  }

  lock(tx: Queryable, identifier: string): Promise<CustomProviderRow | undefined> {
    return tx.first(lock, [identifier]);
  }

  async countForCreation(tx: Queryable): Promise<number> {
    await tx.run(lockAll);
    return (await tx.first(count))?.n ?? 0;
  }

  async insert(tx: Queryable, row: CustomProviderRow): Promise<CustomProviderRow> {
    const inserted = await tx.first(
      insert,
      COLUMNS.map((column) => parameter(column, row[column])),
    );
    if (!inserted) throw new Error('the new provider was not inserted');
    return inserted;
  }

  update(tx: Queryable, id: string, patch: Partial<CustomProviderRow>, now: Date): Promise<CustomProviderRow> {
    const values = Object.fromEntries(
      Object.entries(patch).map(([column, value]) => [column, parameter(column, value)]),
    );
    return updateRow<CustomProviderRow>(tx, 'custom_oauth_providers', id, values as Partial<CustomProviderRow>, now);
  }

  remove(tx: Queryable, identifier: string): Promise<CustomProviderRow | undefined> {
    return tx.first(remove, [identifier]);
  }
}

function parameter(column: string, value: unknown): unknown {
  return JSON_COLUMNS.has(column) && value !== null && value !== undefined ? jsonParameter(value) : value;
}
