const INTEGER = /^[-+]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?[0-9])*)$/;
const FLOAT = /^[-+]?(?:[0-9](?:_?[0-9])*\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?inf(?:inity)?$/i;

/** Reads an integer as Go does with the base taken from the prefix: `0x1f`, `0o17`, `017`, `0b1`, `1_000`. */
export function parseGoInt(text: string): number {
  if (!INTEGER.test(text)) throw new Error(`parsing ${JSON.stringify(text)}: invalid syntax`);
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const value = Number(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits);
  if (!Number.isSafeInteger(value)) throw new Error(`parsing ${JSON.stringify(text)}: value out of range`);
  return text.startsWith('-') && value !== 0 ? -value : value;
}

export function parseGoUint(text: string): number {
  if (/^[-+]/.test(text)) throw new Error(`parsing ${JSON.stringify(text)}: invalid syntax`);
  return parseGoInt(text);
}

/** Reads a decimal number; `inf` is a number too (an unlimited rate), `nan` is not. */
export function parseGoFloat(text: string): number {
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (!FLOAT.test(text)) throw new Error(`parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(value)) throw new Error(`parsing ${JSON.stringify(text)}: value out of range`);
  return value;
}
