import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { FactorAnswer, FactorProof } from '@usher/contracts/users/factors.contract';
import { Database } from '@usher/database/database';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { ChallengesRepository } from './challenges.repository.js';
import { CodeChecks } from './code-checks.service.js';
import { FactorAccess, type FoundFactor } from './factor-access.service.js';
import { factorEvent } from './factor-events.js';
import type { ChallengeRow } from './factor.entity.js';
import { AMR_METHODS, checkVerification, isExpired } from './factor.js';
import {
  addressMismatch,
  challengeExpired,
  challengeNotFound,
  invalid,
  verificationDisabled,
  wrongAnswer,
} from './factors.errors.js';
import { WebauthnChecks } from './webauthn-checks.service.js';

/** POST /factors/{id}/verify up to the write (mfa-and-passkeys.md §5). */
@Injectable()
export class FactorChecks {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly access: FactorAccess,
    private readonly challenges: ChallengesRepository,
    private readonly codes: CodeChecks,
    private readonly webauthn: WebauthnChecks,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async check(input: FactorAnswer, context: RequestContext): Promise<{ method: string; proof: FactorProof }> {
    const found = await this.access.find(input);
    const { factor } = found;
    const proof =
      factor.factor_type === 'webauthn'
        ? await this.checkWebauthn(found, input, context)
        : await this.checkCode(found, input, context);
    if (!proof) throw await this.refuse(found, context);
    const method = AMR_METHODS[factor.factor_type];
    return { method, proof: { factorId: factor.id, challengeId: input.challengeId, ...proof } };
  }

  private async checkCode(found: FoundFactor, { challengeId, code }: FactorAnswer, context: RequestContext) {
    const type = found.factor.factor_type === 'totp' ? 'totp' : 'phone';
    if (!code) throw invalid('Code needs to be non-empty');
    if (!this.settings.mfa[type].verifyEnabled) throw verificationDisabled(type);
    const challenge = await this.openChallenge(found, challengeId, context);
    return this.codes.check(found.factor, challenge, code, context);
  }

  private async checkWebauthn(found: FoundFactor, input: FactorAnswer, context: RequestContext) {
    // The reference's code for this case is that of enrolment.
    if (!this.settings.mfa.webAuthn.verifyEnabled)
      throw verificationDisabled('webauthn', 'mfa_webauthn_enroll_not_enabled');
    const answer = this.webauthn.demand(input.webauthn);
    const challenge = await this.openChallenge(found, input.challengeId, context);
    const ceremony = await this.webauthn.check(found.factor, challenge, answer);
    return ceremony && { ceremony };
  }

  private async openChallenge(
    { user, factor, factors }: FoundFactor,
    challengeId: string,
    { ip }: RequestContext,
  ): Promise<ChallengeRow> {
    const challenge = await this.challenges.find(challengeId, factor.id);
    if (!challenge) throw challengeNotFound();
    if (challenge.verified_at || challenge.ip_address !== (ip || '0.0.0.0')) throw addressMismatch();
    if (isExpired(challenge.created_at, this.settings.mfa.challengeExpirySeconds, this.clock.now())) {
      await this.challenges.discard(challenge.id);
      throw challengeExpired(challenge.id);
    }
    checkVerification(factor, factors, this.settings.mfa, user.session?.aal);
    return challenge;
  }

  private async refuse({ user, factor }: FoundFactor, context: RequestContext): Promise<Error> {
    const event = factorEvent('factor.challenge_failed', factor);
    await this.database.transaction((tx) => this.outbox.append(tx, context, user.session?.id ?? null, event));
    return wrongAnswer(factor.factor_type);
  }
}
