import type { ExternalEmail, ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';

export interface LinkingRules {
  /** Addresses count as verified whatever the provider says. */
  autoconfirm: boolean;
  /** Provider → domain; providers of one domain link among themselves only. */
  domains: Readonly<Record<string, string>>;
}

export const DEFAULT_DOMAIN = 'default';

/** external-providers.md §5.1. */
export function linkingDomain(provider: string, domains: LinkingRules['domains']): string {
  if (provider.startsWith('sso:')) return provider;
  return Object.hasOwn(domains, provider) ? domains[provider]! : DEFAULT_DOMAIN;
}

/** In lower case, as addresses are stored. */
export function verifiedEmails(emails: readonly ExternalEmail[], autoconfirm: boolean): string[] {
  const verified = emails.filter((one) => one.email && (one.verified || autoconfirm));
  return [...new Set(verified.map(({ email }) => email.toLowerCase()))];
}

/** The address that a new account would get. */
export interface CandidateEmail {
  /** In lower case; '' when the provider names no primary one, or it cannot be given. */
  email: string;
  verified: boolean;
}

export function candidateEmail(emails: readonly ExternalEmail[]): CandidateEmail {
  const primary = emails.findLast((one) => one.primary);
  return { email: primary?.email.toLowerCase() ?? '', verified: primary?.verified ?? false };
}

/** What the database knows of the addresses and the subject. */
export interface LinkingFacts {
  /** Whose identity this already is. */
  ownerId?: string;
  /** The candidate address belongs to somebody of the default domain. */
  candidateTaken: boolean;
  /** Identities with one of the verified addresses. */
  identities: readonly { userId: string; provider: string }[];
  /** Users with one of the verified addresses, without those of other domains. */
  userIds: readonly string[];
}

export type LinkingDecision =
  | { kind: 'account_exists' | 'link_account'; userId: string; reason: string }
  | { kind: 'create_account'; candidate: CandidateEmail; reason: string }
  | { kind: 'multiple_accounts'; reason: string };

/** Who somebody is to us (external-providers.md §5.2). An address that nobody has verified never leads to an account. */
export function decideLinking(identity: ExternalIdentity, facts: LinkingFacts, rules: LinkingRules): LinkingDecision {
  const { ownerId, candidateTaken, userIds } = facts;
  if (ownerId) return { kind: 'account_exists', userId: ownerId, reason: 'this identity has signed in before' };
  const domain = linkingDomain(identity.provider, rules.domains);
  const candidate = candidateEmail(identity.emails);
  const verified = verifiedEmails(identity.emails, rules.autoconfirm);
  if (verified.length === 0)
    return create(candidateTaken ? { ...candidate, email: '' } : candidate, 'the provider verified no address');
  const kin = facts.identities.filter(({ provider }) => linkingDomain(provider, rules.domains) === domain);
  const kinIds = new Set(kin.map(({ userId }) => userId));
  if (kinIds.size > 1)
    return { kind: 'multiple_accounts', reason: 'identities of several accounts share the addresses' };
  const [kinId] = kinIds;
  if (kinId) return link(kinId, 'an identity of the same linking domain has a verified address of this one');
  if (domain === DEFAULT_DOMAIN && userIds.length > 1)
    return { kind: 'multiple_accounts', reason: 'several accounts have the addresses' };
  if (domain === DEFAULT_DOMAIN && userIds[0]) return link(userIds[0], 'an account has a verified address of this one');
  // A primary address that is not among the verified ones may be anybody's.
  const foreign = domain === DEFAULT_DOMAIN && candidateTaken && !verified.includes(candidate.email);
  return create(foreign ? { ...candidate, email: '' } : candidate, 'nobody has these addresses');
}

function link(userId: string, reason: string): LinkingDecision {
  return { kind: 'link_account', userId, reason };
}

function create(candidate: CandidateEmail, reason: string): LinkingDecision {
  return { kind: 'create_account', candidate, reason };
}
