import { numberText, textOf, type Value } from './values.js';

const VERB = /%([-+ 0#]*)(\d*)(?:\.(\d*))?([a-zA-Z%])/g;

/** No width of a template may make a mail of megabytes. */
const WIDTH_LIMIT = 1_000;

/** Go's `Sprintf`, as far as texts for people use it. */
export function formatText(format: string, values: readonly Value[]): string {
  let next = 0;
  const text = format.replace(VERB, (_, flags: string, width: string, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    if (next >= values.length) return `%!${verb}(MISSING)`;
    const digits = precision === undefined ? undefined : Math.min(Number(precision), 100);
    const shown = formatValue(verb, flags, digits, values[next++]);
    return pad(shown, flags, Math.min(Number(width), WIDTH_LIMIT));
  });
  const extra = values.slice(next).map((value) => `${goType(value)}=${textOf(value)}`);
  return extra.length ? `${text}%!(EXTRA ${extra.join(', ')})` : text;
}

function formatValue(verb: string, flags: string, digits: number | undefined, value: Value): string {
  switch (verb) {
    case 'v':
      return value === null || value === undefined ? '<nil>' : textOf(value);
    case 's':
      if (typeof value === 'number' || typeof value === 'boolean') break;
      return value === null || value === undefined ? '%!s(<nil>)' : [...textOf(value)].slice(0, digits).join('');
    case 'q':
      if (typeof value === 'string') return JSON.stringify(value);
      break;
    case 't':
      if (typeof value === 'boolean') return String(value);
      break;
    case 'd':
      if (typeof value === 'number' && Number.isInteger(value)) return withSign(String(value), flags);
      break;
    case 'x':
    case 'X':
      if (typeof value === 'string') return inCase(verb, Buffer.from(value).toString('hex'));
      if (typeof value === 'number') return inCase(verb, value.toString(16));
      break;
    case 'f':
      if (typeof value === 'number') return withSign(value.toFixed(digits ?? 6), flags);
      break;
    case 'e':
      if (typeof value === 'number') return withSign(exponent(value.toExponential(digits ?? 6)), flags);
      break;
    case 'g':
      if (typeof value === 'number') return withSign(numberText(value), flags);
      break;
    case 'T':
      return goType(value);
  }
  return `%!${verb}(${goType(value)}=${textOf(value)})`;
}

function withSign(text: string, flags: string): string {
  return flags.includes('+') && !text.startsWith('-') ? `+${text}` : text;
}

function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function inCase(verb: string, text: string): string {
  return verb === 'X' ? text.toUpperCase() : text;
}

function pad(text: string, flags: string, width: number): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0')) return ' '.repeat(missing) + text;
  return text.replace(/^[+-]?/, (sign) => sign + '0'.repeat(missing));
}

function goType(value: Value): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
