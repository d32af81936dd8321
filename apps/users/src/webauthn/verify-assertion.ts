import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server';
import { parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import type { Ceremony } from './ceremony.js';
import type { ClientResponse } from './client-response.js';
import { isExpectedOrigin, type RelyingParty } from './relying-party.js';
import type { CredentialFlags } from './verify-registration.js';

/** What is known of the credential that should have signed. */
export interface StoredCredential {
  /** Base64url. */
  id: string;
  publicKey: Buffer;
  signCount: number;
  backupEligible: boolean;
}

export interface VerifiedAssertion {
  signCount: number;
  flags: CredentialFlags;
}

/**
 * WebAuthn level 3, §7.2: challenge, origin, relying party, presence, signature; a counter that does not move on tells of a copied authenticator, and
 * a credential does not change whether it may be backed up. Undefined when anything is wrong.
 */
export async function verifyAssertion(
  { json, clientData }: ClientResponse<AuthenticationResponseJSON>,
  credential: StoredCredential,
  ceremony: Ceremony,
  rp: RelyingParty,
): Promise<VerifiedAssertion | undefined> {
  if (ceremony.kind !== 'assertion' || credential.id !== json.id) return undefined;
  if (ceremony.allowed.length && !ceremony.allowed.includes(json.id)) return undefined;
  const { origin, topOrigin } = clientData;
  if (!isExpectedOrigin(origin, rp.origins)) return undefined;
  if (topOrigin !== undefined && !isExpectedOrigin(topOrigin, rp.origins)) return undefined;
  const verified = await verifyAuthenticationResponse({
    response: json,
    expectedChallenge: ceremony.challenge,
    expectedOrigin: origin,
    expectedTopOrigin: topOrigin,
    expectedRPID: rp.id,
    credential: {
      id: credential.id,
      publicKey: new Uint8Array(credential.publicKey),
      counter: credential.signCount,
    },
    requireUserVerification: false,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { flags } = parseAuthenticatorData(Buffer.from(json.response.authenticatorData, 'base64url'));
  if (flags.be !== credential.backupEligible || (flags.bs && !flags.be)) return undefined;
  return {
    signCount: verified.authenticationInfo.newCounter,
    flags: { userPresent: flags.up, userVerified: flags.uv, backupEligible: flags.be, backupState: flags.bs },
  };
}
