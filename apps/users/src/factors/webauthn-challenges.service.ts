import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { FactorChallenge } from '@usher/contracts/users/factors.contract';
import { toStored } from '../webauthn/ceremony.js';
import { RelyingParties } from '../webauthn/relying-parties.service.js';
import { creationOptions, requestOptions, type KnownCredential } from '../webauthn/options.js';
import { fromCredentialJson } from '../webauthn/stored-credential.js';
import { ChallengeWriter } from './challenge-writer.service.js';
import type { FoundFactor } from './factor-access.service.js';

/** Ceremonies of WebAuthn factors (mfa-and-passkeys.md §4.3): a new credential for an unverified factor, else a signature of a known one. */
@Injectable()
export class WebauthnChallenges {
  constructor(
    private readonly parties: RelyingParties,
    private readonly writer: ChallengeWriter,
  ) {}

  async challenge(
    found: FoundFactor,
    context: RequestContext,
  ): Promise<{ id: string; at: Date; webauthn: NonNullable<FactorChallenge['webauthn']> }> {
    const { user, factor } = found;
    const rp = this.parties.get();
    const challenge = this.parties.newChallenge();
    const known = credentialsOf(found);
    const creates = factor.status === 'unverified';
    const email = user.email ?? '';
    const publicKey = creates
      ? creationOptions(rp, { id: user.id, name: email, displayName: email }, challenge, {
          // What the reference says of every credential, whatever it is.
          exclude: known.map(({ id }) => ({ id, transports: ['usb', 'nfc'] })),
          authenticatorSelection: {},
        })
      : requestOptions(rp, challenge, known);
    const session = toStored({
      ...{ kind: creates ? 'registration' : 'assertion', challenge, rpId: rp.id, userId: user.id },
      ...{ allowed: creates ? [] : known.map(({ id }) => id), userVerification: '' },
    });
    const id = this.writer.newId();
    const at = await this.writer.write(found, { id, session }, false, context);
    return { id, at, webauthn: { type: creates ? 'create' : 'request', credential_options: { publicKey } } };
  }
}

/** Credentials of the user's verified WebAuthn factors. */
function credentialsOf({ factors }: FoundFactor): KnownCredential[] {
  return factors.flatMap(({ factor_type, status, web_authn_credential }) => {
    const credential =
      factor_type === 'webauthn' && status === 'verified' ? fromCredentialJson(web_authn_credential) : undefined;
    return credential ? [{ id: credential.id, transports: credential.transports }] : [];
  });
}
