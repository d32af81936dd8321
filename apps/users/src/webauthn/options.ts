import type { JsonObject } from '@usher/contracts/user-object';
import { ALGORITHMS } from './algorithms.js';
import type { RelyingParty } from './relying-party.js';

/** ms that the client may take; the server goes by the time of the challenge. */
const TIMEOUT_MS = 300_000;

export interface KnownCredential {
  /** Base64url. */
  id: string;
  transports?: readonly string[];
}

export interface PersonShown {
  /** The user id: its text is the user handle. */
  id: string;
  name: string;
  displayName: string;
}

export interface CreationWishes {
  exclude: readonly KnownCredential[];
  authenticatorSelection: JsonObject;
  attestation?: string;
}

/** `PublicKeyCredentialCreationOptionsJSON`. */
export function creationOptions(
  rp: RelyingParty,
  person: PersonShown,
  challenge: string,
  { exclude, authenticatorSelection, attestation }: CreationWishes,
): JsonObject {
  const { id, name, displayName } = person;
  return {
    rp: { name: rp.name, id: rp.id },
    user: { name, displayName, id: Buffer.from(id).toString('base64url') },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: TIMEOUT_MS,
    ...(exclude.length ? { excludeCredentials: exclude.map(descriptor) } : {}),
    authenticatorSelection,
    ...(attestation ? { attestation } : {}),
  };
}

/** `PublicKeyCredentialRequestOptionsJSON`; without `allow` any discoverable credential will do. */
export function requestOptions(
  rp: RelyingParty,
  challenge: string,
  allow: readonly KnownCredential[],
  userVerification?: string,
): JsonObject {
  return {
    challenge,
    timeout: TIMEOUT_MS,
    rpId: rp.id,
    ...(allow.length ? { allowCredentials: allow.map(descriptor) } : {}),
    ...(userVerification ? { userVerification } : {}),
  };
}

function descriptor({ id, transports }: KnownCredential): JsonObject {
  return { type: 'public-key', id, ...(transports?.length ? { transports: [...transports] } : {}) };
}
