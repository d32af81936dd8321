import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

const TIMEOUT_MS = 5_000;

/** HaveIBeenPwned's range API: only the first five hex digits of the SHA-1 leave this process. */
@Injectable()
export class PwnedPasswords {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** False when the check is off, or failed while failing closed is off. */
  async includes(password: string): Promise<boolean> {
    const { hibp } = this.settings.password;
    if (!hibp.enabled) return false;
    try {
      return await this.ask(password, hibp.userAgent);
    } catch (cause) {
      this.logger.warn({ error: cause }, 'the pwned-password check is unavailable');
      if (!hibp.failClosed) return false;
      throw new AuthError('unexpected_failure', 'Unable to perform password strength check with HaveIBeenPwned.org.', {
        cause,
      });
    }
  }

  private async ask(password: string, userAgent: string): Promise<boolean> {
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
    const url = `${this.settings.usher.passwordHibpUrl.replace(/\/$/, '')}/range/${digest.slice(0, 5)}`;
    const headers = { 'user-agent': userAgent, 'add-padding': 'true' };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`the range API answered ${response.status}`);
    const lines = (await response.text()).split(/\r?\n/);
    // Padding lines have a count of 0.
    return lines.some((line) => line.startsWith(`${digest.slice(5)}:`) && !line.endsWith(':0'));
  }
}
