// Own parser rather than the `dotenv` package: that one takes `KEY: value` for noise, ends a value at any `#`, and skips
// a malformed line in silence where the reference server refuses to start.

const SPACE = '[^\\S\\n]';
const STATEMENT = new RegExp(`(?:export${SPACE}+)?([\\p{L}\\p{N}_.]+)${SPACE}*[=:]${SPACE}*`, 'uy');
const SKIPPED = /(?:\s|#[^\n]*)*/y;
const UNQUOTED = /[^\n]*/y;
const QUOTED = { '"': /"((?:[^"]|(?<=\\)")*)(?<!\\)"/y, "'": /'((?:[^']|(?<=\\)')*)(?<!\\)'/y };

/**
 * Reads `.env` syntax: `KEY=value` or `KEY: value`, `export` allowed, quoted values may span lines, no `$VAR` expansion.
 * Throws an `Error` that names the line and quotes nothing of it.
 */
export function parseEnvFile(content: string): Record<string, string> {
  const text = content.replaceAll('\r\n', '\n');
  const values: Record<string, string> = {};
  let position = skip(text, 0);
  while (position < text.length) {
    const [statement, key = ''] = matchAt(STATEMENT, text, position) ?? [];
    if (statement === undefined) throw new Error(`line ${lineOf(text, position)}: expected KEY=value`);
    position += statement.length;
    const { value, length } = readValue(text, position);
    values[key] = value;
    position = skip(text, position + length);
  }
  return values;
}

function readValue(text: string, position: number): { value: string; length: number } {
  const quote = text[position];
  if (quote !== '"' && quote !== "'") {
    const [line = ''] = matchAt(UNQUOTED, text, position) ?? [];
    return { value: dollars(withoutComment(line).trim()), length: line.length };
  }
  const [quoted, value = ''] = matchAt(QUOTED[quote], text, position) ?? [];
  if (quoted === undefined) throw new Error(`line ${lineOf(text, position)}: unterminated quoted value`);
  return { value: quote === '"' ? dollars(escapes(value)) : value, length: quoted.length };
}

/** A comment needs whitespace before its `#`; of several the last one counts. */
function withoutComment(line: string): string {
  return /^(.*)\s#/u.exec(line)?.[1] ?? line;
}

function escapes(value: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', $: '\\$' };
  return value.replace(/\\(.)/g, (_, character: string) => named[character] ?? character);
}

function dollars(value: string): string {
  return value.replaceAll('\\$', '$');
}

function skip(text: string, position: number): number {
  return position + (matchAt(SKIPPED, text, position)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
