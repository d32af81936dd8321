/** A glob of `GOTRUE_URI_ALLOW_LIST` (accounts.md §8.3), compiled: separators are `.` and `/`. Throws when it is no valid glob. */
export function compileGlob(pattern: string): RegExp {
  const state: Position = { pattern, at: 0 };
  const body = alternative(state, false);
  if (state.at < pattern.length) throw new Error(`unexpected "${pattern[state.at]}" at ${state.at}`);
  return new RegExp(`^(?:${body})$`, 'su');
}

interface Position {
  readonly pattern: string;
  at: number;
}

const NOT_SEPARATOR = '[^./]';

/** Text up to the end, or inside braces up to the next `,` or `}`. */
function alternative(state: Position, inBraces: boolean): string {
  let regex = '';
  while (state.at < state.pattern.length) {
    const c = characterAt(state);
    if (inBraces && (c === ',' || c === '}')) return regex;
    regex += piece(state, c);
  }
  return regex;
}

function piece(state: Position, c: string): string {
  state.at += c.length;
  if (c === '*') return stars(state);
  if (c === '?') return NOT_SEPARATOR;
  if (c === '[') return range(state);
  if (c === '{') return braces(state);
  if (c !== '\\') return literal(c);
  const escaped = characterAt(state);
  if (!escaped) throw new Error('nothing follows the last "\\"');
  state.at += escaped.length;
  return literal(escaped);
}

function stars(state: Position): string {
  let count = 1;
  for (; state.pattern[state.at] === '*'; state.at++) count++;
  return count > 1 ? '.*' : `${NOT_SEPARATOR}*`;
}

function braces(state: Position): string {
  const options: string[] = [];
  for (;;) {
    options.push(alternative(state, true));
    const end = state.pattern[state.at++];
    if (end === '}') return `(?:${options.join('|')})`;
    if (end === undefined) throw new Error('"{" without "}"');
  }
}

function range(state: Position): string {
  const end = state.pattern.indexOf(']', state.at + 1);
  if (end < 0) throw new Error('"[" without "]"');
  let inside = state.pattern.slice(state.at, end);
  state.at = end + 1;
  const negated = inside.startsWith('!');
  if (negated) inside = inside.slice(1);
  const span = /^(.)-(.)$/su.exec(inside);
  if (inside === '' || (!span && inside.includes('-'))) throw new Error(`"[${inside}]" is no range`);
  if (span && span[1]! > span[2]!) throw new Error(`"[${inside}]" runs backwards`);
  const set = span ? `${inClass(span[1]!)}-${inClass(span[2]!)}` : [...inside].map(inClass).join('');
  return `[${negated ? '^' : ''}${set}]`;
}

function characterAt({ pattern, at }: Position): string {
  const code = pattern.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function literal(c: string): string {
  return c.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

function inClass(c: string): string {
  return c.replace(/[\\\]^[-]/, '\\$&');
}
