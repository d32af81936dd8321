// Writes deploy/.env with a random password for everything in docker-compose.yml. Never overwrites one that is there.
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const file = new URL('../deploy/.env', import.meta.url);
const passwords = ['POSTGRES', 'AUTH_ADMIN', 'NATS', 'USERS', 'TOKENS', 'IDENTITY_PROVIDERS', 'MESSENGER', 'EVENTS'];

// Hexadecimal: nothing in it needs escaping in a URL, and NATS does not take it for a number thanks to the letter.
const lines = [
  ...passwords.map((name) => `${name}_PASSWORD=p${randomBytes(20).toString('hex')}`),
  `JWT_SECRET=${randomBytes(40).toString('hex')}`,
  `PUBLISHABLE_KEY=${apiKey('publishable')}`,
  `SECRET_KEY=${apiKey('secret')}`,
];
try {
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  console.log('deploy/.env was written: docker compose --env-file deploy/.env up --build');
} catch (error) {
  console.error(error.code === 'EEXIST' ? 'deploy/.env is there already: it is left as it is.' : error.message);
  process.exitCode = 1;
}

function apiKey(kind) {
  const key = `sb_${kind}_${randomBytes(17).toString('base64url').slice(0, 22)}`;
  return `${key}_${createHash('sha256').update(`supabase-self-hosted|${key}`).digest('base64url').slice(0, 8)}`;
}
