import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LaunchError } from '@usher/runtime/local/launch-error';
import { opaqueApiKey } from './api-keys.js';

const secretsForm = z.object({
  /** Signs nothing but the older API keys; tokens signed with it are still accepted. */
  jwtSecret: z.string().min(32),
  /** Private ES256 key as a JWK: signs the access tokens. */
  signingKey: z.looseObject({ kty: z.literal('EC'), kid: z.string() }),
  publishableKey: z.string(),
  secretKey: z.string(),
  /** Seconds since 1970; keeps the older API keys the same from run to run. */
  issuedAt: z.int(),
});

export type LaptopSecrets = z.infer<typeof secretsForm>;

/**
 * The secrets of this data directory, made up by its first run and kept in `secrets.json`.
 * @throws LaunchError when the file cannot be used.
 */
export function laptopSecrets(dataDir: string): LaptopSecrets {
  const file = join(dataDir, 'secrets.json');
  try {
    return secretsForm.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return createSecrets(dataDir, file);
    // The error may quote the file.
    throw new LaunchError(`The secrets in ${file} cannot be read: restore the file, or remove it to get new ones.`);
  }
}

function createSecrets(dataDir: string, file: string): LaptopSecrets {
  const secrets: LaptopSecrets = {
    jwtSecret: randomBytes(40).toString('base64url'),
    signingKey: newSigningKey(),
    publishableKey: opaqueApiKey('publishable', randomBytes(16)),
    secretKey: opaqueApiKey('secret', randomBytes(16)),
    issuedAt: Math.floor(Date.now() / 1000),
  };
  // Entered but not listed by others: PostgreSQL may run as another user.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
  return secrets;
}

function newSigningKey(): LaptopSecrets['signingKey'] {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  return { ...jwk, kty: 'EC', kid: randomUUID(), alg: 'ES256', use: 'sig', key_ops: ['sign', 'verify'], ext: true };
}
