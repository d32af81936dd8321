import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseEnvFile } from './env-file.js';

export type FileValues = Readonly<Record<string, string>>;

/** Reads one `.env` or `.json` file. Throws an `Error` that names the file. */
export function readConfigFile(path: string): FileValues {
  const content = readFileSync(path, 'utf8');
  try {
    return extname(path) === '.json' ? parseFlatJson(content) : parseEnvFile(content);
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : 'cannot be read'}`, { cause });
  }
}

/** Reads the `.env` and `.json` files of a directory by name, the later over the earlier. */
export function readConfigDir(dir: string): FileValues {
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isConfigFile(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const chosen = names.filter((name, index) => !isShadowed(name, names[index + 1]));
  return Object.assign({}, ...chosen.map((name) => readConfigFile(join(dir, name))));
}

export function isConfigFile(name: string): boolean {
  return ['.env', '.json'].includes(extname(name)) || name === '.env';
}

/** `name.env` gives way to a `name.json` right behind it. */
function isShadowed(name: string, next: string | undefined): boolean {
  return name.endsWith('.env') && next === `${name.slice(0, -'.env'.length)}.json`;
}

function parseFlatJson(content: string): FileValues {
  const values = parseJson(content);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new Error('must be a JSON object');
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') throw new Error(`the value of ${name} must be a string`);
  }
  return { ...values };
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // The engine's message quotes the text, which may be a secret.
    throw new Error('is not valid JSON');
  }
}
