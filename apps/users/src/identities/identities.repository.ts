import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import type { Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import type { IdentityRow } from '@usher/database/users/user-row';
import { erased } from '../admin/deleted-user.js';

const insert = statement<IdentityRow>(
  'identities.insert',
  `INSERT INTO identities (id, user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $6, $6) RETURNING *`,
);
const merge = statement<IdentityRow>(
  'identities.merge',
  'UPDATE identities SET identity_data = identity_data || $2::jsonb, updated_at = $3 WHERE id = $1 RETURNING *',
);

const remove = statement('identities.remove', 'DELETE FROM identities WHERE id = $1');
const erase = statement(
  'identities.erase',
  `UPDATE identities SET provider_id = $2, identity_data = '{}', updated_at = $3 WHERE id = $1`,
);

export interface NewIdentity {
  /** Random when not given. */
  id?: string;
  userId: string;
  provider: string;
  /** Subject at the provider; the user's id for `email` and `phone`. */
  providerId: string;
  data: JsonObject;
}

/** Every query on `auth.identities`. */
@Injectable()
export class IdentitiesRepository {
  async insert(tx: Transaction, identity: NewIdentity, now: Date): Promise<IdentityRow> {
    const { id = randomUUID(), userId, providerId, provider, data } = identity;
    const row = await tx.first(insert, [id, userId, providerId, provider, jsonParameter(data), now]);
    if (!row) throw new Error('the new identity was not inserted');
    return row;
  }

  /** Lays `data` over what the identity holds. */
  async merge(tx: Transaction, id: string, data: JsonObject, now: Date): Promise<IdentityRow> {
    const row = await tx.first(merge, [id, jsonParameter(data), now]);
    if (!row) throw new Error(`identity ${id} is gone`);
    return row;
  }

  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.run(remove, [id]);
  }

  /** Nothing of it says any more whose it was (accounts.md §22.8). */
  async erase(tx: Transaction, { id, user_id, provider, provider_id }: IdentityRow, now: Date): Promise<void> {
    await tx.run(erase, [id, erased(user_id, `${provider}:${provider_id}`), now]);
  }
}
