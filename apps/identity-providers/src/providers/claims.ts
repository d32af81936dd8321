import type { JsonObject } from '@usher/contracts/user-object';
import type { ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import type { Profile } from './provider.js';
import { UnexpectedAnswer } from './read-answer.js';

type Kind = 'string' | 'boolean' | 'number' | 'strings' | 'time' | 'object';

/** The set that is stored (external-providers.md §6), and of what kind each member is. */
const STANDARD: Readonly<Record<string, Kind>> = {
  ...{ iss: 'string', sub: 'string', aud: 'strings', iat: 'number', exp: 'number', name: 'string' },
  ...{ family_name: 'string', given_name: 'string', middle_name: 'string', nickname: 'string' },
  ...{ preferred_username: 'string', profile: 'string', picture: 'string', website: 'string', gender: 'string' },
  ...{ birthdate: 'string', zoneinfo: 'string', locale: 'string', updated_at: 'time', email: 'string' },
  ...{ email_verified: 'boolean', phone: 'string', phone_verified: 'boolean', custom_claims: 'object' },
  ...{ full_name: 'string', avatar_url: 'string', slug: 'string', provider_id: 'string', user_name: 'string' },
};

/** The standard claims among others. A member of another kind than it should be fails the sign-in. */
export function standardClaims(source: JsonObject): JsonObject {
  const claims: JsonObject = {};
  for (const [name, kind] of Object.entries(STANDARD)) {
    const value = source[name];
    if (value === undefined || value === null) continue;
    claims[name] = read(value, kind, name);
  }
  return claims;
}

function read(value: NonNullable<JsonObject[string]>, kind: Kind, name: string): JsonObject[string] {
  if (kind === 'strings') {
    const all = Array.isArray(value) ? value : [value];
    if (all.every((one) => typeof one === 'string')) return all;
  } else if (kind === 'time') {
    if (typeof value === 'number') return new Date(value * 1000).toISOString().replace('.000Z', 'Z');
    if (typeof value === 'string') return value;
  } else if (kind === 'object') {
    if (typeof value === 'object' && !Array.isArray(value)) return value;
  } else if (typeof value === kind) return value;
  throw new UnexpectedAnswer(`the claim ${name} is no ${kind}`);
}

/** What a profile becomes: empty members left out, the address and whether it is verified filled in. */
export function externalIdentity(provider: string, { emails, claims }: Profile): ExternalIdentity {
  const shown = emails.find((one) => one.primary) ?? emails.at(-1);
  const whole: JsonObject = { ...claims, email: shown?.email ?? '' };
  const kept = Object.entries(whole).filter(([, value]) => !isEmpty(value));
  const flags = { email_verified: shown?.verified ?? false, phone_verified: claims.phone_verified === true };
  return { provider, subject: String(claims.sub ?? ''), emails, claims: { ...Object.fromEntries(kept), ...flags } };
}

function isEmpty(value: JsonObject[string]): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === false || isNone(value);
}

const isNone = (value: JsonObject[string]): boolean => Array.isArray(value) && value.length === 0;

/** Redirect providers name the subject twice, as older clients expect it. */
export function withProviderId({ emails, claims }: Profile): Profile {
  return { emails, claims: { provider_id: claims.sub ?? '', ...claims } };
}
