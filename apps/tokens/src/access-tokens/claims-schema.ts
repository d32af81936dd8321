import type { Json, JsonObject } from '@usher/contracts/user-object';

type Kind = 'string' | 'integer' | 'object' | 'array' | 'number' | 'boolean' | 'null';

interface Rule {
  kinds: readonly Kind[];
  required: boolean;
}

const required = (...kinds: Kind[]): Rule => ({ kinds, required: true });
const optional = (...kinds: Kind[]): Rule => ({ kinds, required: false });

/** tokens-and-sessions.md §1.4, in the order in which problems are told. `is_anonymous` is a boolean: another type would lock its holder out. */
const RULES: readonly [string, Rule][] = [
  ['aud', required('string', 'array')],
  ['exp', required('integer')],
  ['iat', required('integer')],
  ['sub', required('string')],
  ['email', required('string')],
  ['phone', required('string')],
  ['role', required('string')],
  ['aal', required('string')],
  ['session_id', required('string')],
  ['is_anonymous', required('boolean')],
  ['nbf', optional('integer')],
  ['jti', optional('string')],
  ['iss', optional('string')],
  ['client_id', optional('string')],
  ['app_metadata', optional('object')],
  ['user_metadata', optional('object')],
  ['amr', optional('array')],
];

/** What is wrong with the claims that a hook gave; empty when they can be signed. */
export function claimProblems(claims: Json): string[] {
  if (!isObject(claims)) return [wrongType('(root)', ['object'], kindOf(claims))];
  return [...missing(claims), ...mistyped(claims), ...amrProblems(claims.amr)];
}

function isObject(value: Json): value is JsonObject {
  return kindOf(value) === 'object';
}

function missing(claims: JsonObject): string[] {
  return RULES.filter(([name, rule]) => rule.required && claims[name] === undefined).map(
    ([name]) => `(root): ${name} is required`,
  );
}

function mistyped(claims: JsonObject): string[] {
  return RULES.flatMap(([name, { kinds }]) => {
    const value = claims[name];
    return value === undefined || kinds.includes(kindOf(value)) ? [] : [wrongType(name, kinds, kindOf(value))];
  });
}

function amrProblems(amr: Json | undefined): string[] {
  if (!Array.isArray(amr)) return [];
  return amr.flatMap((entry, i) => {
    const kind = kindOf(entry);
    return kind === 'string' || kind === 'object' ? [] : [wrongType(`amr.${i}`, ['string', 'object'], kind)];
  });
}

function wrongType(where: string, expected: readonly Kind[], given: Kind): string {
  return `${where}: Invalid type. Expected: ${expected.join('/')}, given: ${given}`;
}

function kindOf(value: Json): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'string' | 'object' | 'boolean';
}
