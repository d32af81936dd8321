/** A word of an action, or text between actions. */
export interface Token {
  kind: 'field' | 'variable' | 'name' | 'number' | 'string' | 'symbol';
  /** Without its quotes, dot or dollar where it has one. */
  text: string;
  /** Whether a blank stands before it: `.a .b` are two values, `.a.b` is one. */
  spaced: boolean;
}

export type Piece = { kind: 'text'; text: string } | { kind: 'action'; tokens: Token[] };

/** A template that cannot be read. */
export class TemplateSyntaxError extends Error {}

const COMMENT = /^\{\{(- )?\/\*[\s\S]*?\*\/( -)?\}\}/;
const STRING = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y;
const CHARACTER = /'(?:[^'\\\n]|\\.)+'/y;
const NUMBER = /[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])/y;
const WORD = /[$.]?[\p{L}_][\p{L}\p{N}_]*|\$|\./uy;
const SYMBOL = /:=|[|()=,]/y;

/** Parts a template into text and actions; `{{-` and `-}}` take the white space beside them away. */
export function splitTemplate(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trim = false;
  for (;;) {
    const open = source.indexOf('{{', at);
    let text = source.slice(at, open < 0 ? undefined : open);
    if (trim) text = text.trimStart();
    if (open < 0) return [...pieces, { kind: 'text', text }];
    const trimBefore = /^\{\{-\s/.test(source.slice(open, open + 4));
    pieces.push({ kind: 'text', text: trimBefore ? text.trimEnd() : text });
    const comment = COMMENT.exec(source.slice(open));
    if (comment) {
      at = open + comment[0].length;
      trim = Boolean(comment[2]);
      continue;
    }
    const { tokens, end, trimAfter } = readAction(source, open + (trimBefore ? 3 : 2));
    pieces.push({ kind: 'action', tokens });
    at = end;
    trim = trimAfter;
  }
}

function readAction(source: string, start: number): { tokens: Token[]; end: number; trimAfter: boolean } {
  const tokens: Token[] = [];
  let at = start;
  for (;;) {
    const blanks = /\s*/y;
    blanks.lastIndex = at;
    const spaced = blanks.exec(source)![0].length > 0;
    at = blanks.lastIndex;
    if (source.startsWith('}}', at)) return { tokens, end: at + 2, trimAfter: false };
    if (spaced && source.startsWith('-}}', at)) return { tokens, end: at + 3, trimAfter: true };
    const { token, end } = readToken(source, at, spaced);
    tokens.push(token);
    at = end;
  }
}

function readToken(source: string, at: number, spaced: boolean): { token: Token; end: number } {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const made = (kind: Token['kind'], raw: string, text = raw) => ({
    token: { kind, text, spaced },
    end: at + raw.length,
  });
  const number = match(NUMBER);
  if (number) return made('number', number);
  const string = match(STRING);
  if (string) return made('string', string, string.startsWith('`') ? string.slice(1, -1) : unquote(string));
  const character = match(CHARACTER);
  if (character) return made('number', character, String(unquote(character).codePointAt(0)));
  const word = match(WORD);
  if (word?.startsWith('.')) return made('field', word, word.slice(1));
  if (word?.startsWith('$')) return made('variable', word, word.slice(1));
  if (word) return made('name', word);
  const symbol = match(SYMBOL);
  if (symbol) return made('symbol', symbol);
  throw new TemplateSyntaxError(at < source.length ? `unexpected ${source[at]} in an action` : 'unclosed action');
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/g, (_, u?: string, x?: string, other = '') =>
      u || x ? String.fromCharCode(parseInt(u ?? x ?? '', 16)) : (ESCAPES[other] ?? other),
    );
}
