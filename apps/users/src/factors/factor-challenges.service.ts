import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { ChallengeFactorInput, FactorChallenge, NamedFactor } from '@usher/contracts/users/factors.contract';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { ChallengeWriter } from './challenge-writer.service.js';
import { FactorAccess, type FoundFactor } from './factor-access.service.js';
import { challengeExpiry, type FactorType } from './factor.js';
import { verificationDisabled } from './factors.errors.js';
import { PhoneChallenges } from './phone-challenges.service.js';
import { WebauthnChallenges } from './webauthn-challenges.service.js';

const SWITCHES = { totp: 'totp', phone: 'phone', webauthn: 'webAuthn' } as const;

/** POST /factors/{id}/challenge (mfa-and-passkeys.md §4). */
@Injectable()
export class FactorChallenges {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly access: FactorAccess,
    private readonly writer: ChallengeWriter,
    private readonly phones: PhoneChallenges,
    private readonly webauthn: WebauthnChallenges,
  ) {}

  /** The type decides whether a body is looked at: while verification is off, none is. */
  async find(named: NamedFactor): Promise<{ type: FactorType }> {
    const { factor } = await this.access.find(named);
    return { type: factor.factor_type };
  }

  async challenge(input: ChallengeFactorInput, context: RequestContext): Promise<FactorChallenge> {
    const found = await this.access.find(input);
    const type = found.factor.factor_type;
    if (!this.settings.mfa[SWITCHES[type]].verifyEnabled) throw verificationDisabled(type);
    if (type === 'phone') return this.shown(found, await this.phones.challenge(found, input.channel, context));
    if (type === 'webauthn') {
      const { webauthn, ...written } = await this.webauthn.challenge(found, context);
      return { ...this.shown(found, written), webauthn };
    }
    const id = this.writer.newId();
    return this.shown(found, { id, at: await this.writer.write(found, { id }, true, context) });
  }

  private shown({ factor }: FoundFactor, { id, at }: { id: string; at: Date }): FactorChallenge {
    const { challengeExpirySeconds } = this.settings.mfa;
    return { id, type: factor.factor_type, expires_at: challengeExpiry(at, challengeExpirySeconds) };
  }
}
