import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import type { NewCredential } from '../webauthn/verify-registration.js';
import type { PasskeyRow } from './passkey.entity.js';

const ofUser = statement<PasskeyRow>(
  'passkeys.ofUser',
  'SELECT * FROM webauthn_credentials WHERE user_id = $1 ORDER BY created_at, id',
);
const byCredential = statement<PasskeyRow>(
  'passkeys.byCredential',
  'SELECT * FROM webauthn_credentials WHERE credential_id = $1 AND user_id = $2',
);
const insert = statement<PasskeyRow>(
  'passkeys.insert',
  `INSERT INTO webauthn_credentials (id, user_id, credential_id, public_key, attestation_type, aaguid, sign_count, transports, backup_eligible,
     backed_up, friendly_name, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
   ON CONFLICT (credential_id) DO NOTHING RETURNING *`,
);
const rename = statement<PasskeyRow>(
  'passkeys.rename',
  'UPDATE webauthn_credentials SET friendly_name = $3, updated_at = $4 WHERE id = $1 AND user_id = $2 RETURNING *',
);
const remove = statement<PasskeyRow>(
  'passkeys.remove',
  'DELETE FROM webauthn_credentials WHERE id = $1 AND user_id = $2 RETURNING *',
);
const use = statement<PasskeyRow>(
  'passkeys.use',
  `UPDATE webauthn_credentials SET sign_count = $2, last_used_at = $3, updated_at = $3
   WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0)) RETURNING *`,
);

/** Every query on `auth.webauthn_credentials`. */
@Injectable()
export class PasskeysRepository {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  findOfUser(userId: string, on: Queryable = this.database): Promise<PasskeyRow[]> {
    return on.rows(ofUser, [userId]);
  }

  findByCredential(credentialId: Buffer, userId: string): Promise<PasskeyRow | undefined> {
    return this.database.first(byCredential, [credentialId, userId]);
  }

  /** Undefined when somebody, this user or another, has the credential already. */
  insert(
    tx: Transaction,
    userId: string,
    name: string,
    credential: NewCredential,
    now: Date,
  ): Promise<PasskeyRow | undefined> {
    const { id, publicKey, format, aaguid, signCount, transports, flags } = credential;
    const { backupEligible, backupState } = flags;
    const key = [randomUUID(), userId, id, publicKey, format, aaguid, signCount];
    return tx.first(insert, [...key, jsonParameter(transports), backupEligible, backupState, name, now]);
  }

  rename(tx: Transaction, id: string, userId: string, name: string, now: Date): Promise<PasskeyRow | undefined> {
    return tx.first(rename, [id, userId, name, now]);
  }

  remove(tx: Transaction, id: string, userId: string): Promise<PasskeyRow | undefined> {
    return tx.first(remove, [id, userId]);
  }

  /** Undefined when it is gone, or another sign-in has moved its counter at least as far. */
  use(tx: Transaction, id: string, signCount: number, now: Date): Promise<PasskeyRow | undefined> {
    return tx.first(use, [id, signCount, now]);
  }
}
