import { verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server';
import {
  decodeCredentialPublicKey,
  cose,
  parseAuthenticatorData,
  decodeAttestationObject,
} from '@simplewebauthn/server/helpers';
import { ALGORITHMS } from './algorithms.js';
import type { Ceremony } from './ceremony.js';
import type { ClientResponse } from './client-response.js';
import { isExpectedOrigin, type RelyingParty } from './relying-party.js';

export interface CredentialFlags {
  userPresent: boolean;
  userVerified: boolean;
  backupEligible: boolean;
  backupState: boolean;
}

/** A credential that an authenticator has just made, and proved to have made. */
export interface NewCredential {
  id: Buffer;
  /** COSE key, CBOR. */
  publicKey: Buffer;
  algorithm: number;
  signCount: number;
  /** Zeros where the authenticator does not say what it is. */
  aaguid: string;
  /** Format of the attestation, `none` mostly. */
  format: string;
  transports: string[];
  attachment: string;
  flags: CredentialFlags;
  clientDataJson: Buffer;
  attestationObject: Buffer;
  authenticatorData: Buffer;
}

/**
 * WebAuthn level 3, §7.1: challenge, origin, relying party, presence, algorithm, attestation statement. User verification is not required; no trust in
 * makers is either. Undefined when anything is wrong.
 */
export async function verifyRegistration(
  { json, clientData }: ClientResponse<RegistrationResponseJSON>,
  ceremony: Ceremony,
  rp: RelyingParty,
): Promise<NewCredential | undefined> {
  if (ceremony.kind !== 'registration' || !isExpectedOrigin(clientData.origin, rp.origins)) return undefined;
  if (clientData.topOrigin !== undefined && !isExpectedOrigin(clientData.topOrigin, rp.origins)) return undefined;
  const verified = await verifyRegistrationResponse({
    response: json,
    expectedChallenge: ceremony.challenge,
    expectedOrigin: clientData.origin,
    expectedRPID: rp.id,
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { credential, fmt, aaguid } = verified.registrationInfo;
  if (credential.id !== json.id) return undefined;
  const attestationObject = Buffer.from(json.response.attestationObject, 'base64url');
  const authenticatorData = Buffer.from(decodeAttestationObject(attestationObject).get('authData'));
  const { flags } = parseAuthenticatorData(authenticatorData);
  return {
    id: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    algorithm: Number(decodeCredentialPublicKey(credential.publicKey).get(cose.COSEKEYS.alg)),
    signCount: credential.counter,
    aaguid,
    format: fmt,
    transports: json.response.transports ?? [],
    attachment: json.authenticatorAttachment ?? '',
    flags: { userPresent: flags.up, userVerified: flags.uv, backupEligible: flags.be, backupState: flags.bs },
    clientDataJson: Buffer.from(json.response.clientDataJSON, 'base64url'),
    attestationObject,
    authenticatorData,
  };
}
