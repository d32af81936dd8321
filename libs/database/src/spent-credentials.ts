import { createHash } from 'node:crypto';
import type { Transaction } from './database.js';
import { statement } from './statement.js';

const spend = statement(
  'spentCredentials.spend',
  `WITH old AS (
     DELETE FROM auth_events.spent_credentials WHERE digest IN (
       SELECT digest FROM auth_events.spent_credentials WHERE expires_at < now() LIMIT 10 FOR UPDATE SKIP LOCKED)
       AND digest <> $1
   )
   INSERT INTO auth_events.spent_credentials (digest, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
);

/**
 * Notes, with the effect of its use, that a credential was used: a TOTP code in its time step, the id of a SAML assertion, a signed message. Of several
 * users at the same time exactly one gets true. Only a digest is kept, until the credential would have expired by itself.
 *
 * @param purpose tells equal values of different kinds apart: `totp`, `saml-assertion` …
 */
export async function spendCredential(
  tx: Transaction,
  purpose: string,
  credential: string,
  expiresAt: Date,
): Promise<boolean> {
  const digest = createHash('sha256').update(`${purpose}\0${credential}`).digest();
  return (await tx.run(spend, [digest, expiresAt])) === 1;
}
