import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { TokenType } from './one-time-code.js';

export interface OneTimeTokenRow {
  id: string;
  user_id: string;
  token_type: TokenType;
  token_hash: string;
  relates_to: string;
}

const remove = statement('oneTimeTokens.remove', 'DELETE FROM one_time_tokens WHERE user_id = $1 AND token_type = $2');
const removeAll = statement('oneTimeTokens.removeAll', 'DELETE FROM one_time_tokens WHERE user_id = $1');
const insert = statement(
  'oneTimeTokens.insert',
  `INSERT INTO one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at)
   VALUES ($1, $2, $3, $4, lower($5), $6, $6)
   ON CONFLICT (user_id, token_type) DO UPDATE SET id = excluded.id, token_hash = excluded.token_hash, relates_to = excluded.relates_to,
     created_at = excluded.created_at, updated_at = excluded.updated_at`,
);
const byHash = statement<OneTimeTokenRow>(
  'oneTimeTokens.byHash',
  'SELECT id, user_id, token_type, token_hash, relates_to FROM one_time_tokens WHERE token_hash = $1 AND token_type = ANY ($2) LIMIT 1',
);
const take = statement('oneTimeTokens.take', 'DELETE FROM one_time_tokens WHERE id = $1 AND token_hash = $2');

/** Every query on `auth.one_time_tokens`. */
@Injectable()
export class OneTimeTokensRepository {
  constructor(private readonly database: Database) {}

  findByHash(hash: string, types: readonly TokenType[]): Promise<OneTimeTokenRow | undefined> {
    return this.database.first(byHash, [hash, types]);
  }

  /** Replaces the user's token of that type. */
  async put(
    tx: Transaction,
    token: { userId: string; type: TokenType; hash: string; relatesTo: string },
    now: Date,
  ): Promise<void> {
    const utc = now.toISOString().replace('Z', '');
    await tx.run(insert, [randomUUID(), token.userId, token.type, token.hash, token.relatesTo, utc]);
  }

  /** Uses a token up; false when somebody else already has. */
  async take(tx: Transaction, token: OneTimeTokenRow): Promise<boolean> {
    return (await tx.run(take, [token.id, token.token_hash])) === 1;
  }

  async remove(tx: Transaction, userId: string, type: TokenType): Promise<void> {
    await tx.run(remove, [userId, type]);
  }

  async removeAll(tx: Transaction, userId: string): Promise<void> {
    await tx.run(removeAll, [userId]);
  }
}
