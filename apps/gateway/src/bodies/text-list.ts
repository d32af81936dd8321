import { text, WrongType, type Field } from './fields.js';

/** A list of texts. */
export function textList(): Field<string[]> {
  const element = text();
  return {
    read(value, path) {
      if (!Array.isArray(value)) throw new WrongType(value, path, '[]string');
      return value.map((member) => (member === null ? '' : element.read(member, path)));
    },
  };
}
