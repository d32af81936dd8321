import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { GoTemplate } from '../templates/go-template.js';

interface Entry {
  text: string | null;
  until: number;
}

const TIMEOUT_MS = 10_000;

/** Bodies of mails that are kept at a URL (mail-and-sms.md §4): fetched when needed, kept for a while, the last good one used while the URL fails. */
@Injectable()
export class TemplateCache {
  private readonly entries = new Map<string, Entry>();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Null when there is none: the built-in one is used then. */
  async get(location: string): Promise<string | null> {
    if (!location) return null;
    const url = location.startsWith('http') ? location : `${this.settings.site.url}${location}`;
    const known = this.entries.get(url);
    if (known && known.until > Date.now()) return known.text;
    const { maxAge, retryInterval } = this.settings.mailer.template;
    const text = await this.fetch(url);
    const entry = { text: text ?? known?.text ?? null, until: Date.now() + (text === null ? retryInterval : maxAge) };
    this.entries.set(url, entry);
    return entry.text;
  }

  private async fetch(url: string): Promise<string | null> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) throw new Error(`the template URL answered ${response.status}`);
      const text = (await response.text()).slice(0, this.settings.mailer.template.maxSize);
      // One that cannot be read is as good as none.
      GoTemplate.parse(text);
      return text;
    } catch (error) {
      this.logger.warn({ error, url }, 'a mail template could not be loaded');
      return null;
    }
  }
}
