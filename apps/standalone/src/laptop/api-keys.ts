import { createHash, createHmac } from 'node:crypto';

export type ApiKeyKind = 'publishable' | 'secret';

const CHECKSUM_CONTEXT = 'supabase-self-hosted';
const CHECKSUM_LENGTH = 8;
/** Of the legacy keys: ten years, as the stack's generator has it. */
const LIFETIME_SECONDS = 10 * 365 * 24 * 60 * 60;

/** `sb_publishable_…` or `sb_secret_…`: 22 random characters and a checksum. @param random 16 bytes. */
export function opaqueApiKey(kind: ApiKeyKind, random: Buffer): string {
  const intermediate = `sb_${kind}_${random.toString('base64url').slice(0, 22)}`;
  const checksum = createHash('sha256').update(`${CHECKSUM_CONTEXT}|${intermediate}`).digest('base64url');
  return `${intermediate}_${checksum.slice(0, CHECKSUM_LENGTH)}`;
}

/** The older form of an API key: an HS256 token that names a role. @param issuedAt seconds since 1970. */
export function legacyApiKey(role: 'anon' | 'service_role', jwtSecret: string, issuedAt: number): string {
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const claims = encode({ role, iss: 'supabase', iat: issuedAt, exp: issuedAt + LIFETIME_SECONDS });
  const signature = createHmac('sha256', jwtSecret).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
