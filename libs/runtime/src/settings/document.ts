import { concerns } from './concerns.js';
import { namesWithoutEffect } from './names-without-effect.js';
import { isIgnored, isVariable } from './read-group.js';
import type { AnyConcern, Group, Ignored, Variable } from './schema.js';

const INTRODUCTION = `# Configuration

Generated from \`libs/runtime/src/settings\`; do not edit. \`UPDATE_GENERATED=1\` with the tests writes it anew.

Every setting is an environment variable. All are read once at start, and every problem is printed at once.

- An empty variable counts as not set.
- Where two names are given, the longer one wins if both are set.
- Types: \`bool\` is \`true\`, \`false\`, \`1\`, \`0\`, \`t\` or \`f\`; \`dur\` a Go duration such as \`300ms\`, \`10s\` or
  \`1h30m\`; \`list\` is parted by commas, nothing trimmed; \`map\` is \`key:value,…\`; \`rate\` is \`N\` (at most N in an hour)
  or \`N/D\` (a burst of N, then one every D, \`D\` a duration).
- \`--config FILE\` overrides the environment; without it a \`.env\` file in the working directory is read, which does not.
- \`--config-dir DIR\` reads all \`.env\` and \`.json\` files of the directory, by name, over everything else, at the start. A
  change takes effect with a restart; the signing keys of \`USHER_JWT_KEYS_FILE\` are followed while the server runs.
- Names that are not listed are ignored.
`;

/** The text of `docs/configuration.md`. */
export function document(): string {
  const sections = Object.values(concerns).map(section);
  const unread = ['## Names without effect', '', ignoredTable(namesWithoutEffect)].join('\n');
  return `${[INTRODUCTION.trimEnd(), ...sections, unread].join('\n\n')}\n`;
}

function section(concern: AnyConcern): string {
  const { variables, ignored } = flatten(concern.variables);
  const rows = variables.map((variable) =>
    row([names(variable), variable.type.kind, initial(variable), variable.help]),
  );
  const read = [row(['Variable', 'Type', 'Default', 'Meaning']), row(['---', '---', '---', '---']), ...rows].join('\n');
  const parts = [`## ${concern.title}`, read];
  if (ignored.length > 0) parts.push('No effect:', ignoredTable(ignored));
  return parts.join('\n\n');
}

function ignoredTable(ignored: readonly Ignored[]): string {
  const rows = ignored.map((entry) => row([entry.names.map(code).join(', '), `no effect: ${entry.why}`]));
  return [row(['Variable', 'Reason']), row(['---', '---']), ...rows].join('\n');
}

function flatten(group: Group): { variables: Variable<unknown>[]; ignored: Ignored[] } {
  const found: ReturnType<typeof flatten> = { variables: [], ignored: [] };
  for (const member of Object.values(group)) {
    if (isVariable(member)) found.variables.push(member);
    else if (isIgnored(member)) found.ignored.push(member);
    else {
      const inner = flatten(member);
      found.variables.push(...inner.variables);
      found.ignored.push(...inner.ignored);
    }
  }
  return found;
}

function names({ name, alias }: Variable<unknown>): string {
  return alias === undefined ? code(name) : `${code(alias)}, ${code(name)}`;
}

function initial(variable: Variable<unknown>): string {
  if (variable.required) return 'required';
  if (variable.default !== undefined) return code(variable.default);
  const { zero } = variable.type;
  return typeof zero === 'boolean' || typeof zero === 'number' || (typeof zero === 'string' && zero !== '')
    ? code(String(zero))
    : '';
}

function code(text: string): string {
  return `\`${text}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
