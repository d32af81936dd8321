import type { ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import type { UserRow } from '@usher/database/users/user-row';
import { candidateEmail, type CandidateEmail } from './account-linking.js';

export interface AdmissionRules {
  autoconfirm: boolean;
  allowUnverifiedEmailSignIns: boolean;
}

/** What has to happen with the address before somebody is let in (external-providers.md §5.3). */
export type Admission =
  | { kind: 'let_in' }
  /** The account's address was never confirmed: this identity proves it, and whatever else was tied to the account goes. */
  | { kind: 'confirm' }
  /** Nothing proves it: a mail has to, where there is an address. */
  | { kind: 'ask'; mail: boolean; refuse: boolean };

/**
 * The provider's word counts for the very address that the account has: with its mere "verified", somebody could change the address at the provider and
 * have ours, which is another's, confirmed.
 */
export function addressOf(user: Pick<UserRow, 'email'>, { emails }: ExternalIdentity): CandidateEmail {
  const own = user.email?.toLowerCase() ?? '';
  if (!own) return { email: '', verified: candidateEmail(emails).verified };
  return { email: own, verified: emails.some((one) => one.verified && one.email.toLowerCase() === own) };
}

export function admission(
  user: Pick<UserRow, 'email_confirmed_at'>,
  address: CandidateEmail,
  provider: string,
  emailOptional: boolean,
  rules: AdmissionRules,
): Admission {
  const hasAddress = provider !== 'web3' && !(emailOptional && address.email === '');
  if (!hasAddress || user.email_confirmed_at) return { kind: 'let_in' };
  if (address.verified || rules.autoconfirm) return { kind: 'confirm' };
  return { kind: 'ask', mail: address.email !== '', refuse: !rules.allowUnverifiedEmailSignIns };
}
