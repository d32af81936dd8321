import type { Json, JsonObject } from '@usher/contracts/user-object';
import { BrokenRule } from './saml.errors.js';

const TEXTS = [
  ...['iss', 'sub', 'name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile'],
  ...['picture', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at', 'email', 'phone'],
  ...['full_name', 'avatar_url', 'slug', 'provider_id', 'user_name'],
];
const FLAGS = ['email_verified', 'phone_verified'];
const NUMBERS = ['iat', 'exp'];

/** Mapped claims as identity data (external-providers.md §6): the known ones at the top, all others under `custom_claims`. */
export function toIdentityData(mapped: Record<string, Json>): JsonObject {
  const data: JsonObject = { email_verified: false, phone_verified: false };
  const custom: [string, Json][] = [];
  for (const [name, value] of Object.entries(mapped)) {
    const type = typeOf(name);
    if (!type) custom.push([name, value]);
    else if (name === 'aud' && Array.isArray(value)) data.aud = value;
    else if (typeof value === type) data[name] = value;
    else throw new BrokenRule(`the mapped claim ${name} is no ${type}`);
  }
  for (const name of [...TEXTS, ...NUMBERS]) if (data[name] === '' || data[name] === 0) delete data[name];
  return { ...data, custom_claims: Object.fromEntries(custom) };
}

function typeOf(name: string): 'string' | 'boolean' | 'number' | undefined {
  if (TEXTS.includes(name) || name === 'aud') return 'string';
  if (FLAGS.includes(name)) return 'boolean';
  return NUMBERS.includes(name) ? 'number' : undefined;
}
