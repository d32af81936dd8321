import { Inject, Injectable } from '@nestjs/common';
import type { Json, JsonObject } from '@usher/contracts/user-object';
import type { PasskeyAnswer, PasskeyCeremony } from '@usher/contracts/users/passkeys.contract';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { fromStored, toStored, type Ceremony } from '../webauthn/ceremony.js';
import { RelyingParties } from '../webauthn/relying-parties.service.js';
import type { RelyingParty } from '../webauthn/relying-party.js';
import type { PasskeyChallengeType } from './passkey.entity.js';
import { PasskeyChallengesRepository } from './passkey-challenges.repository.js';
import { challengeExpired, challengeNotFound, invalid } from './passkeys.errors.js';

/** Challenges of passkeys: each counts once, also when the answer was wrong (mfa-and-passkeys.md §9). */
@Injectable()
export class PasskeyCeremonies {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly parties: RelyingParties,
    private readonly challenges: PasskeyChallengesRepository,
    private readonly clock: Clock,
  ) {}

  async start(
    type: PasskeyChallengeType,
    userId: string | null,
    optionsFor: (rp: RelyingParty, challenge: string) => JsonObject,
  ): Promise<PasskeyCeremony> {
    const rp = this.parties.get();
    const challenge = this.parties.newChallenge();
    const session = toStored({
      ...{ kind: type === 'registration' ? 'registration' : 'assertion', challenge, rpId: rp.id, userId },
      ...{ allowed: [], userVerification: 'preferred' },
    });
    const now = this.clock.now();
    const expires = new Date(now.getTime() + this.settings.passkeys.challengeExpiry);
    const id = await this.challenges.insert(type, userId, session, now, expires);
    const options = optionsFor(rp, challenge);
    return { challenge_id: id, options, expires_at: Math.floor(expires.getTime() / 1000) };
  }

  /** Uses the challenge of an answer up. */
  async take(
    type: PasskeyChallengeType,
    userId: string | null,
    { challengeId, credential }: PasskeyAnswer,
  ): Promise<{ ceremony: Ceremony; credential: Json; rp: RelyingParty }> {
    if (!challengeId) throw invalid('challenge_id is required');
    if (credential === undefined) throw invalid('credential is required');
    const id = canonical(challengeId);
    if (!id) throw invalid('challenge_id must be a valid UUID');
    const taken = await this.challenges.take(type, userId, id);
    if (!taken) throw challengeNotFound();
    if (this.clock.now().getTime() > Date.parse(taken.expires_at)) throw challengeExpired();
    return { ceremony: fromStored(taken.session_data), credential, rp: this.parties.get() };
  }
}

/** As written by us, in any case, with or without hyphens. */
function canonical(text: string): string | undefined {
  return /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text) ? text : undefined;
}
