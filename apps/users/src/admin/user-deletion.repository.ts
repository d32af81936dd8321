import { Injectable } from '@nestjs/common';
import type { Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { IdentityRow } from '@usher/database/users/user-row';
import { erased } from './deleted-user.js';

const eraseIdentity = statement(
  'identities.erase',
  `UPDATE identities SET provider_id = $2, identity_data = '{}', updated_at = $3 WHERE id = $1`,
);
const removeFactors = statement('mfaFactors.removeAll', 'DELETE FROM mfa_factors WHERE user_id = $1');
const removePasskeys = statement(
  'webauthnCredentials.removeAll',
  'DELETE FROM webauthn_credentials WHERE user_id = $1',
);

/** What hangs on a softly deleted user: a hard deletion takes it along by itself. */
@Injectable()
export class UserDeletionRepository {
  async eraseIdentities(tx: Transaction, identities: readonly IdentityRow[], now: Date): Promise<void> {
    for (const { id, user_id, provider, provider_id } of identities)
      await tx.run(eraseIdentity, [id, erased(user_id, `${provider}:${provider_id}`), now]);
  }

  /** Everything that could still prove the person: factors and passkeys. */
  async removeCredentials(tx: Transaction, userId: string): Promise<void> {
    await tx.run(removeFactors, [userId]);
    await tx.run(removePasskeys, [userId]);
  }
}
