import { Injectable } from '@nestjs/common';
import type { Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';

const removeFactors = statement('mfaFactors.removeAll', 'DELETE FROM mfa_factors WHERE user_id = $1');
const removePasskeys = statement(
  'webauthnCredentials.removeAll',
  'DELETE FROM webauthn_credentials WHERE user_id = $1',
);

/** What hangs on a softly deleted user: a hard deletion takes it along by itself. */
@Injectable()
export class UserDeletionRepository {
  /** Everything that could still prove the person: factors and passkeys. */
  async removeCredentials(tx: Transaction, userId: string): Promise<void> {
    await tx.run(removeFactors, [userId]);
    await tx.run(removePasskeys, [userId]);
  }
}
