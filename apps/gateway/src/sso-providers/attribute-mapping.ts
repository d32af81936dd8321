import type { AttributeMapping, MappedAttribute } from '@usher/contracts/identity-providers/sso-providers.contract';
import type { Json } from '@usher/contracts/user-object';
import { flag, object, text, WrongType, type Field } from '../bodies/fields.js';
import { readStruct, struct } from '../bodies/struct.js';
import { holdsNul } from '../bodies/unsafe-text.js';
import { textList } from '../bodies/text-list.js';
import { AuthError } from '@usher/contracts/errors';

const anything: Field<Json> = {
  read(value) {
    if (holdsNul(value)) throw new AuthError('validation_failed', 'Null characters are not allowed');
    return value;
  },
};

const ATTRIBUTE = struct('SAMLAttribute', { name: text(), names: textList(), default: anything, array: flag() });
const MAPPING = struct('SAMLAttributeMapping', { keys: object() });

/** `attribute_mapping` of a provider; empty members are left out, as the reference stores them. */
export function attributeMapping(): Field<AttributeMapping> {
  return {
    read(value, path) {
      const { keys } = readStruct(MAPPING, object().read(value, path), path) as { keys?: Record<string, Json> };
      if (!keys) return {};
      const entries = Object.entries(keys).map(([claim, attribute]) => [
        claim,
        readAttribute(attribute, `${path}.keys`),
      ]);
      return { keys: Object.fromEntries(entries) as Record<string, MappedAttribute> };
    },
  };
}

function readAttribute(value: Json, path: string): MappedAttribute {
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new WrongType(value, path, 'models.SAMLAttribute');
  const { name, names, default: initial, array } = readStruct(ATTRIBUTE, value, path) as MappedAttribute;
  return {
    ...(name ? { name } : {}),
    ...(names?.length ? { names } : {}),
    ...(initial === undefined ? {} : { default: initial }),
    ...(array ? { array } : {}),
  };
}
