import { buildKeySet } from '@usher/access-tokens/key-set';
import { Command, Option } from 'commander';
import { generateKey, KEY_ALGORITHMS, secretKey, type KeyAlgorithm } from './generate-key.js';
import { madeAt, rotated, signing, verifying, withRoles, without } from './key-roles.js';
import { existingKeys, readKeys, writeKeys, type KeySource } from './key-store.js';

interface GenerateFlags extends KeySource {
  alg: KeyAlgorithm;
  secret?: string;
}

interface RotateFlags extends KeySource {
  alg: KeyAlgorithm;
  now?: boolean;
}

/** How long clients and proxies may keep the published keys: `Cache-Control` of the JWKS. */
const PUBLISHED_MS = 600_000;

/** `usher keys generate | rotate | list | remove`. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('the keys that sign access tokens')
    .addCommand(
      withAlgorithm(new Command('generate').description('a current and a standby key; adds what an existing set lacks'))
        .addOption(new Option('--secret <text>', 'keeps its tokens good').env('GOTRUE_JWT_SECRET'))
        .action(generate),
    )
    .addCommand(
      withAlgorithm(new Command('rotate').description('the standby key signs from now on, a new one stands by'))
        .option('--now', 'also when the standby key may not be known everywhere')
        .action(rotate),
    )
    .addCommand(withSource(new Command('list').description('the keys, without their private parts')).action(list))
    .addCommand(
      withSource(
        new Command('remove').description('a key whose tokens are all expired, or must be').argument('<kid>'),
      ).action((kid: string, flags: KeySource) => writeKeys(flags, without(existingKeys(flags), kid))),
    );
}

function withSource(command: Command): Command {
  return command
    .addOption(new Option('-f, --file <path>', 'followed by services that have it too').env('USHER_JWT_KEYS_FILE'))
    .addOption(new Option('--keys <json>', 'without a file; the new value is printed').env('GOTRUE_JWT_KEYS'));
}

function withAlgorithm(command: Command): Command {
  return withSource(command).addOption(
    new Option('--alg <name>', 'of new keys').choices(KEY_ALGORITHMS).default('ES256'),
  );
}

function generate({ alg, secret, ...source }: GenerateFlags): void {
  const keys = readKeys(source);
  if (!keys) {
    const fresh = [verifying(generateKey(alg)), signing(generateKey(alg)), ...(secret ? [secretKey(secret)] : [])];
    return writeKeys(source, fresh);
  }
  if (withRoles(keys).some(({ role }) => role === 'standby')) throw new Error('There is a standby key already.');
  writeKeys(source, [verifying(generateKey(alg)), ...keys]);
}

function rotate({ alg, now, ...source }: RotateFlags): void {
  const keys = existingKeys(source);
  const standby = withRoles(keys)
    .filter(({ role }) => role === 'standby')
    .at(-1)?.jwk;
  const made = standby && madeAt(standby);
  const left = made ? made.getTime() + PUBLISHED_MS - Date.now() : 0;
  if (left > 0 && !now)
    throw new Error(
      `The standby key is so new that caches may lack it: wait ${Math.ceil(left / 60_000)} minutes, or give --now.`,
    );
  writeKeys(source, rotated(keys, generateKey(alg)));
}

function list(source: KeySource): void {
  const keys = existingKeys(source);
  // What the services would refuse is refused here.
  buildKeySet({ secret: 'none', keyId: '', jwks: keys, validMethods: [] });
  for (const { role, jwk } of withRoles(keys)) {
    const made = madeAt(jwk)?.toISOString() ?? '';
    process.stdout.write(`${role.padEnd(9)} ${(jwk.alg ?? 'HS256').padEnd(6)} ${jwk.kid ?? '(no kid)'} ${made}\n`);
  }
}
