import { readFileSync } from 'node:fs';
import type { Jwk } from '@usher/access-tokens/key-set';
import { acceptJwtKeys } from '../settings/jwt-keys.js';

/** The keys of a file that `usher keys` writes: a JSON array of JWKs. Throws an `Error` that names the file and never quotes it. */
export function readKeysFile(path: string): { text: string; jwks: readonly Jwk[] } {
  const text = readFileSync(path, 'utf8');
  try {
    return { text, jwks: acceptJwtKeys(parse(text)) as readonly Jwk[] };
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : 'cannot be read'}`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the text, which holds private keys.
    throw new Error('is not valid JSON');
  }
}
