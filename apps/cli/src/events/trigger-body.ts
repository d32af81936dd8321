/** One statement of a trigger function that writes a table. */
export interface TriggerWrite {
  kind: 'insert' | 'update' | 'delete';
  table: string;
  /** Column → SQL expression. */
  columns: [column: string, expression: string][];
  /** Condition of an update or delete. */
  where?: string;
}

export interface TriggerBody {
  writes: TriggerWrite[];
  /** Statements that are something else. */
  others: string[];
}

/** Takes the body of a `handle_new_user`-like function apart. */
export function parseBody(source: string): TriggerBody {
  const body: TriggerBody = { writes: [], others: [] };
  for (const statement of statementsOf(source)) {
    const write = parseInsert(statement) ?? parseUpdate(statement) ?? parseDelete(statement);
    if (write) body.writes.push(write);
    else if (!/^(?:return\b|null$)/i.test(statement)) body.others.push(statement);
  }
  return body;
}

/** What stands between `begin` and the last `end`. */
function statementsOf(source: string): string[] {
  const bare = source.replace(/--[^\n]*/g, '').replace(/\/\*[\s\S]*?\*\//g, '');
  const quoted = /\$(\w*)\$([\s\S]*)\$\1\$/.exec(bare)?.[2] ?? bare;
  const [declared = '', ...rest] = quoted.split(/\bbegin\b/i);
  const inner = (rest.length ? rest.join('begin') : declared).replace(/\bend\b\s*;?\s*$/i, '');
  return splitOutside(inner, ';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

const NAME = '((?:"?[\\w]+"?\\.)?"?[\\w]+"?)';

function parseInsert(statement: string): TriggerWrite | undefined {
  const match = new RegExp(`^insert into ${NAME} ?\\(([^)]*)\\) ?values ?\\((.*)\\)(?: on conflict.*)?$`, 'i').exec(
    statement,
  );
  if (!match) return undefined;
  const names = match[2]!.split(',').map(plain);
  const expressions = splitOutside(match[3]!, ',').map((part) => part.trim());
  if (names.length !== expressions.length) return undefined;
  return { kind: 'insert', table: plain(match[1]!), columns: names.map((name, n) => [name, expressions[n]!]) };
}

function parseUpdate(statement: string): TriggerWrite | undefined {
  const match = new RegExp(`^update ${NAME} set (.*) where (.*)$`, 'i').exec(statement);
  if (!match) return undefined;
  const columns = splitOutside(match[2]!, ',').map((part): [string, string] => {
    const at = part.indexOf('=');
    return [plain(part.slice(0, at)), part.slice(at + 1).trim()];
  });
  return { kind: 'update', table: plain(match[1]!), columns, where: match[3]!.trim() };
}

function parseDelete(statement: string): TriggerWrite | undefined {
  const match = new RegExp(`^delete from ${NAME} where (.*)$`, 'i').exec(statement);
  return match ? { kind: 'delete', table: plain(match[1]!), columns: [], where: match[2]!.trim() } : undefined;
}

const plain = (name: string): string => name.trim().replaceAll('"', '').toLowerCase();

/** Splits at a character that is neither in quotes nor in parentheses. */
export function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  let inQuotes = false;
  for (const character of text) {
    if (character === "'") inQuotes = !inQuotes;
    if (!inQuotes && character === '(') depth++;
    if (!inQuotes && character === ')') depth--;
    if (character === separator && !inQuotes && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
