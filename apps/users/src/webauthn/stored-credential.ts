import { createHash } from 'node:crypto';
import type { JsonObject } from '@usher/contracts/user-object';
import type { StoredCredential, VerifiedAssertion } from './verify-assertion.js';
import type { CredentialFlags, NewCredential } from './verify-registration.js';

/** `mfa_factors.web_authn_credential` (mfa-and-passkeys.md §8): bytes in standard base64. */
export function toCredentialJson(credential: NewCredential): JsonObject {
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  return {
    id: base64(credential.id),
    publicKey: base64(credential.publicKey),
    // The library of the reference keeps the format under this name.
    attestationType: credential.format,
    transport: credential.transports,
    flags: toFlags(credential.flags),
    authenticator: {
      AAGUID: base64(Buffer.from(credential.aaguid.replaceAll('-', ''), 'hex')),
      signCount: credential.signCount,
      cloneWarning: false,
      attachment: credential.attachment,
    },
    attestation: {
      clientDataJSON: base64(credential.clientDataJson),
      clientDataHash: base64(createHash('sha256').update(credential.clientDataJson).digest()),
      authenticatorData: base64(credential.authenticatorData),
      publicKeyAlgorithm: credential.algorithm,
      object: base64(credential.attestationObject),
    },
  };
}

/** The credential after it was used. */
export function afterUse(stored: JsonObject, { signCount, flags }: VerifiedAssertion): JsonObject {
  const authenticator = { ...(stored.authenticator as JsonObject), signCount };
  return { ...stored, flags: toFlags(flags), authenticator };
}

/** What a stored credential is checked by; undefined where a factor has none yet. */
export function fromCredentialJson(
  stored: JsonObject | null,
): (StoredCredential & { transports: string[] }) | undefined {
  if (!stored || typeof stored.id !== 'string' || typeof stored.publicKey !== 'string') return undefined;
  const authenticator = (stored.authenticator ?? {}) as { signCount?: number };
  const flags = (stored.flags ?? {}) as { backupEligible?: boolean };
  return {
    id: Buffer.from(stored.id, 'base64').toString('base64url'),
    publicKey: Buffer.from(stored.publicKey, 'base64'),
    signCount: authenticator.signCount ?? 0,
    backupEligible: flags.backupEligible ?? false,
    transports: Array.isArray(stored.transport) ? stored.transport.map(String) : [],
  };
}

function toFlags(flags: CredentialFlags): JsonObject {
  return { ...flags };
}
