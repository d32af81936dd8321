import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Admission } from '../bearer/admission.js';
import type { Exchange } from '../http/exchange.js';
import { CAPTCHA_PARAMS } from './captcha-params.js';

const VERIFY_URLS: Readonly<Record<string, string>> = {
  hcaptcha: 'https://hcaptcha.com/siteverify',
  turnstile: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
};

interface Verdict {
  success: boolean;
  'error-codes'?: string[];
}

/** Asks the captcha provider about the token of a request (accounts.md §7). */
@Injectable()
export class Captcha {
  private readonly settings: Settings['security']['captcha'];
  private readonly url: string;

  constructor(
    @Inject(SETTINGS) { security, usher }: Settings,
    private readonly admission: Admission,
  ) {
    this.settings = security.captcha;
    this.url = usher.captchaUrl || VERIFY_URLS[security.captcha.provider] || '';
  }

  /** Throws `captcha_failed`. Administrators pass without. */
  async check(exchange: Exchange): Promise<void> {
    if (!this.settings.enabled || (await this.isAdmin(exchange))) return;
    const token = exchange.body(CAPTCHA_PARAMS).gotrue_meta_security?.captcha_token?.trim();
    if (!token) throw refused('no captcha_token found');
    const verdict = await this.ask(token, exchange.clientIp);
    if (!verdict.success) throw refused((verdict['error-codes'] ?? []).join(', '));
  }

  private async isAdmin(exchange: Exchange): Promise<boolean> {
    if (!exchange.header('authorization')) return false;
    try {
      await this.admission.admitAdmin(exchange, this.admission.bearerOf(exchange));
      return true;
    } catch (error) {
      if (error instanceof AuthError) return false;
      throw error;
    } finally {
      // The route itself is public: it acts for nobody.
      exchange.caller = undefined;
    }
  }

  private async ask(token: string, ip: string): Promise<Verdict> {
    const body = new URLSearchParams({ secret: this.settings.secret, response: token, remoteip: ip });
    const signal = AbortSignal.timeout(this.settings.timeout);
    try {
      const response = await fetch(this.url, { method: 'POST', body, signal, redirect: 'error' });
      return (await response.json()) as Verdict;
    } catch (cause) {
      throw new AuthError('unexpected_failure', 'captcha verification process failed', { cause });
    }
  }
}

function refused(reason: string): AuthError {
  return new AuthError('captcha_failed', `captcha protection: request disallowed (${reason})`);
}
