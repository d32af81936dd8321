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
  private readonly loading = new Map<string, Promise<string | null>>();

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
    const running = this.loading.get(url) ?? this.load(url, known).finally(() => this.loading.delete(url));
    this.loading.set(url, running);
    return running;
  }

  private async load(url: string, known: Entry | undefined): Promise<string | null> {
    const { maxAge, retryInterval } = this.settings.mailer.template;
    const loaded = await this.fetch(url);
    const text = loaded ?? known?.text ?? null;
    this.entries.set(url, { text, until: Date.now() + (loaded === null ? retryInterval : maxAge) });
    return text;
  }

  private async fetch(url: string): Promise<string | null> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.status !== 200) throw new Error(`the template URL answered ${response.status}`);
      const text = await readStart(response, this.settings.mailer.template.maxSize);
      // One that cannot be read is as good as none.
      GoTemplate.parse(text);
      return text;
    } catch (error) {
      this.logger.warn({ error, url }, 'a mail template could not be loaded');
      return null;
    }
  }
}

/** At most `limit` bytes; leaving the loop ends the transfer, so that an endless answer costs no memory. */
async function readStart(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
}
