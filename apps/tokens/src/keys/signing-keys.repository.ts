import { Injectable } from '@nestjs/common';
import type { Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';

export interface UsedKey {
  kid: string;
  alg: string;
}

const newest = statement<UsedKey>(
  'signingKeys.newest',
  'SELECT kid, alg FROM auth_events.signing_keys ORDER BY first_used_at DESC LIMIT 1',
);
const insert = statement(
  'signingKeys.insert',
  'INSERT INTO auth_events.signing_keys (kid, alg, first_used_at) VALUES ($1, $2, clock_timestamp()) ON CONFLICT DO NOTHING',
);

/** The keys that have signed, no part of them. */
@Injectable()
export class SigningKeysRepository {
  newest(tx: Transaction): Promise<UsedKey | undefined> {
    return tx.first(newest);
  }

  /** @returns false when it has signed before. */
  async insert(tx: Transaction, { kid, alg }: UsedKey): Promise<boolean> {
    return (await tx.run(insert, [kid, alg])) === 1;
  }
}
