import type { JsonObject } from '@usher/contracts/user-object';
import { standardClaims } from '../providers/claims.js';
import type { Profile } from '../providers/provider.js';
import { oneEmail, text } from '../providers/read-answer.js';
import type { CustomProviderRow } from './custom-provider.entity.js';

const IDENTIFYING = new Set(['sub', 'email', 'email_verified', 'phone_verified']);

/** What a custom provider's claims become (external-providers.md §13.6). */
export function customProfile(source: JsonObject, row: CustomProviderRow): Profile {
  const standard = standardClaims(source);
  const kept = (row.custom_claims_allowlist ?? []).filter((name) => source[name] !== undefined);
  const custom: JsonObject = Object.fromEntries(kept.map((name) => [name, source[name]!]));
  const claims = mapped(kept.length ? { ...standard, custom_claims: custom } : standard, row.attribute_mapping ?? {});
  return { emails: oneEmail(text(claims.email), claims.email_verified === true), claims };
}

/** A text names a claim to copy, anything else is a fixed value; a mapping that does not fit the set is dropped whole. */
function mapped(claims: JsonObject, mapping: JsonObject): JsonObject {
  const result = { ...claims };
  for (const [target, from] of Object.entries(mapping)) {
    // A fixed value would make everybody the same person.
    if (IDENTIFYING.has(target) && typeof from !== 'string') continue;
    const value = typeof from === 'string' ? claims[from] : from;
    if (value !== undefined) result[target] = value;
  }
  try {
    return standardClaims(result);
  } catch {
    return claims;
  }
}
