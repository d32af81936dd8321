import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import type { JsonObject } from '@usher/contracts/user-object';
import type { Queryable, Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import type { FactorViewRow, IdentityRow } from '@usher/database/users/user-row';

const bySubject = statement<IdentityRow>(
  'externalIdentities.bySubject',
  'SELECT * FROM identities WHERE provider_id = $1 AND provider = $2',
);
const byEmails = statement<{ userId: string; provider: string }>(
  'externalIdentities.byEmails',
  'SELECT user_id AS "userId", provider FROM identities WHERE email = ANY ($1) ORDER BY created_at, id',
);
const usersByEmails = statement<{ id: string }>(
  'externalIdentities.usersByEmails',
  'SELECT id FROM users WHERE email = ANY ($1) AND is_sso_user = false ORDER BY created_at, id',
);
const insert = statement<IdentityRow>(
  'externalIdentities.insert',
  `INSERT INTO identities (id, user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $6, $6) RETURNING *`,
);
const replace = statement<IdentityRow>(
  'externalIdentities.replace',
  'UPDATE identities SET identity_data = $2, updated_at = $3 WHERE id = $1 RETURNING *',
);
const removeOthers = statement<IdentityRow>(
  'externalIdentities.removeOthers',
  'DELETE FROM identities WHERE user_id = $1 AND id <> $2 RETURNING *',
);
const removeFactors = statement<FactorViewRow>(
  'externalIdentities.removeFactors',
  'DELETE FROM mfa_factors WHERE user_id = $1 RETURNING *',
);
const removePasskeys = statement<PasskeyRow>(
  'externalIdentities.removePasskeys',
  'DELETE FROM webauthn_credentials WHERE user_id = $1 RETURNING id, friendly_name, created_at',
);

export interface PasskeyRow {
  id: string;
  friendly_name: string;
  created_at: string;
}

/** Queries on identities of outside parties, and on what a take-over of an unconfirmed account removes. */
@Injectable()
export class ExternalIdentitiesRepository {
  find(db: Queryable, { subject, provider }: ExternalIdentity): Promise<IdentityRow | undefined> {
    return db.first(bySubject, [subject, provider]);
  }

  /** Owners of identities with one of these addresses, which are in lower case. */
  findByEmails(db: Queryable, emails: readonly string[]): Promise<{ userId: string; provider: string }[]> {
    return db.rows(byEmails, [emails]);
  }

  async findUsersByEmails(db: Queryable, emails: readonly string[]): Promise<string[]> {
    return (await db.rows(usersByEmails, [emails])).map(({ id }) => id);
  }

  async insert(tx: Transaction, userId: string, identity: ExternalIdentity, now: Date): Promise<IdentityRow> {
    const { subject, provider, claims } = identity;
    const values = [randomUUID(), userId, subject, provider, jsonParameter(claims), now];
    const row = await tx.first(insert, values);
    if (!row) throw new Error('the new identity was not inserted');
    return row;
  }

  /** What the provider says now takes the place of what it said before. */
  async replace(tx: Transaction, id: string, claims: JsonObject, now: Date): Promise<IdentityRow> {
    const row = await tx.first(replace, [id, jsonParameter(claims), now]);
    if (!row) throw new Error(`identity ${id} is gone`);
    return row;
  }

  removeOthers(tx: Transaction, userId: string, keep: string): Promise<IdentityRow[]> {
    return tx.rows(removeOthers, [userId, keep]);
  }

  removeFactors(tx: Transaction, userId: string): Promise<FactorViewRow[]> {
    return tx.rows(removeFactors, [userId]);
  }

  removePasskeys(tx: Transaction, userId: string): Promise<PasskeyRow[]> {
    return tx.rows(removePasskeys, [userId]);
  }
}
