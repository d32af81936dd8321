// Writes src/auth-event.ts from libs/contracts, so that the library stands alone. auth-event.spec.ts diffs it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export function generate() {
  const source = ['user-object.ts', 'request-context.ts', 'events/event-types.ts', 'events/event.ts']
    .map((file) => readFileSync(at(`../contracts/src/${file}`), 'utf8'))
    .join('\n');
  const declarations = ['Json', 'EventOrigin', 'ActorType', 'EVENT_TYPES', 'EventType', 'EventData', 'AuthEvent'];
  return `// Generated from libs/contracts by libs/auth-events/generate.mjs: change it there.\n\n${declarations.map((name) => declaration(source, name)).join('\n\n')}\n`;
}

/** An exported declaration with the comment above it. */
function declaration(source, name) {
  const start = source.search(new RegExp(`^export (const|type|interface) ${name}\\b`, 'm'));
  if (start < 0) throw new Error(`libs/contracts has no ${name}`);
  const end = source.indexOf('\n\n', start);
  const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/.exec(source.slice(0, start))?.[0] ?? '';
  return comment + source.slice(start, end < 0 ? undefined : end).trimEnd();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(at('src/auth-event.ts'), generate());
