import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Jwk } from '@usher/access-tokens/key-set';
import { acceptJwtKeys } from '@usher/runtime/settings/jwt-keys';

/** Where keys are kept: in a file that services follow, or in a variable, whose new value is printed. */
export interface KeySource {
  file?: string;
  keys?: string;
}

/** Undefined when there are none yet. */
export function readKeys({ file, keys }: KeySource): Jwk[] | undefined {
  const text = file ? (existsSync(file) ? readFileSync(file, 'utf8') : undefined) : keys;
  if (!text) return undefined;
  try {
    return acceptJwtKeys(JSON.parse(text)) as Jwk[];
  } catch (error) {
    // The engine's message would quote the keys.
    const reason = error instanceof SyntaxError ? 'is not valid JSON' : (error as Error).message;
    throw new Error(`${file ?? 'GOTRUE_JWT_KEYS'}: ${reason}`, { cause: error });
  }
}

export function existingKeys(source: KeySource): Jwk[] {
  const keys = readKeys(source);
  if (!keys) throw new Error('There are no keys: give --file, or GOTRUE_JWT_KEYS; `usher keys generate` makes some.');
  return keys;
}

/** A file is replaced as a whole, so that nobody reads half of it, and read by its owner alone. */
export function writeKeys({ file }: KeySource, jwks: readonly Jwk[]): void {
  if (!file) return void process.stdout.write(`${JSON.stringify(jwks)}\n`);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(jwks, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}
