import { Injectable } from '@nestjs/common';
import type { Queryable } from '@usher/database/database';
import { statement } from '@usher/database/statement';

const insert = statement(
  'clientStates.insert',
  'INSERT INTO oauth_client_states (id, provider_type, code_verifier, created_at) VALUES ($1, $2, $3, $4)',
);
const take = statement<{ provider_type: string; code_verifier: string | null; created_at: string }>(
  'clientStates.take',
  'DELETE FROM oauth_client_states WHERE id = $1 RETURNING provider_type, code_verifier, created_at',
);

/** Code verifiers for providers, each used once. */
@Injectable()
export class ClientStatesRepository {
  async insert(db: Queryable, id: string, provider: string, codeVerifier: string, now: Date): Promise<void> {
    await db.run(insert, [id, provider, codeVerifier, now]);
  }

  take(db: Queryable, id: string) {
    return db.first(take, [id]);
  }
}
