import { Injectable } from '@nestjs/common';
import type { FactorAnswer, FactorProof } from '@usher/contracts/users/factors.contract';
import { fromStored, type Ceremony } from '../webauthn/ceremony.js';
import { readAssertion, readRegistration } from '../webauthn/client-response.js';
import { RelyingParties } from '../webauthn/relying-parties.service.js';
import { afterUse, fromCredentialJson, toCredentialJson } from '../webauthn/stored-credential.js';
import { verifyAssertion } from '../webauthn/verify-assertion.js';
import { verifyRegistration } from '../webauthn/verify-registration.js';
import type { ChallengeRow, FactorRow } from './factor.entity.js';
import { invalid } from './factors.errors.js';

export type CeremonyProof = NonNullable<FactorProof['ceremony']>;
type Answer = { type: 'create' | 'request'; credential: NonNullable<FactorAnswer['webauthn']>['credentialResponse'] };

/** Answers of security keys and devices (mfa-and-passkeys.md §5.4). */
@Injectable()
export class WebauthnChecks {
  constructor(private readonly parties: RelyingParties) {}

  /** What has to be there at all, before the challenge is looked up. */
  demand(given: FactorAnswer['webauthn']): Answer {
    if (!given) throw invalid('WebAuthn config required');
    const { type, credentialResponse } = given;
    if (type !== 'create' && type !== 'request') throw invalid('WebAuthn type must be create or request');
    if (credentialResponse === undefined) throw invalid('credential_response required');
    return { type, credential: credentialResponse };
  }

  /** Undefined when the answer is not the one of this factor to this challenge. */
  async check(factor: FactorRow, challenge: ChallengeRow, answer: Answer): Promise<CeremonyProof | undefined> {
    const ceremony = fromStored(challenge.web_authn_session_data ?? {});
    return answer.type === 'create' ? this.created(factor, ceremony, answer) : this.requested(factor, ceremony, answer);
  }

  /** Only an unverified factor takes a credential: otherwise a new one would stand in for the one that was enrolled. */
  private async created(factor: FactorRow, ceremony: Ceremony, answer: Answer): Promise<CeremonyProof | undefined> {
    const response = readRegistration(answer.credential);
    if (!response) throw unreadable();
    if (factor.status === 'verified') return undefined;
    const made = await verifyRegistration(response, ceremony, this.parties.get());
    if (!made) return undefined;
    const credential = toCredentialJson(made);
    return { type: 'create', aaguid: made.aaguid, credential, answer: { ...response.json } as never };
  }

  /** By this factor's own credential, not by any that the user has. */
  private async requested(
    factor: FactorRow,
    ceremony: Ceremony,
    { credential }: Answer,
  ): Promise<CeremonyProof | undefined> {
    const response = readAssertion(credential);
    if (!response) throw unreadable();
    const known = fromCredentialJson(factor.web_authn_credential);
    if (factor.status !== 'verified' || !known) return undefined;
    const { userHandle } = response.json.response;
    if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== factor.user_id) return undefined;
    const used = await verifyAssertion(response, known, ceremony, this.parties.get());
    if (!used) return undefined;
    const stored = afterUse(factor.web_authn_credential ?? {}, used);
    return {
      type: 'request',
      aaguid: factor.web_authn_aaguid,
      credential: stored,
      answer: { ...response.json } as never,
    };
  }
}

function unreadable() {
  return invalid('Invalid credential_response');
}
