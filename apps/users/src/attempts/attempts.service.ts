import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { tooManyAttempts } from './attempts.errors.js';
import { AttemptsRepository } from './attempts.repository.js';
import { attemptDigest, type AttemptKind } from './recipient.js';

/** Keeps anybody from trying passwords and codes until one fits, whatever address the tries come from. */
@Injectable()
export class Attempts {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly attempts: AttemptsRepository,
    private readonly clock: Clock,
  ) {}

  /** Counts a try and makes it; one that comes to its end is forgotten with all before it. Throws `over_request_rate_limit` when there were too many. */
  async make<T>(kind: AttemptKind, audience: string, recipient: string, attempt: () => Promise<T>): Promise<T> {
    const { maxFailures, windowMs } = this.rule(kind);
    if (!maxFailures || !recipient) return attempt();
    const now = this.clock.now();
    const digest = attemptDigest(kind, audience, recipient);
    const made = await this.attempts.take(digest, now, new Date(now.getTime() + windowMs));
    if (made > maxFailures) throw tooManyAttempts(windowMs);
    const result = await attempt();
    await this.attempts.forget(digest);
    return result;
  }

  private rule(kind: AttemptKind): { maxFailures: number; windowMs: number } {
    const { lockout, codes } = this.settings.usher;
    const { maxFailures, window } = kind === 'password' ? lockout : codes;
    return { maxFailures, windowMs: window };
  }
}
