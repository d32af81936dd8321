import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { ProviderHttp } from './provider-http.client.js';

export interface DiscoveryDocument extends JsonObject {
  issuer: string;
}

export class DiscoveryFailed extends Error {}

interface Kept {
  document: Promise<DiscoveryDocument>;
  until: number;
}

/** Discovery documents (OpenID Connect Discovery 1.0 §4): one fetch at a time for each, the old one served while a new one cannot be had. */
@Injectable()
export class Discovery {
  private readonly kept = new Map<string, Kept>();
  private readonly ttl: number;
  private readonly elsewhere: ReadonlyMap<string, string>;

  constructor(
    @Inject(SETTINGS) { providers, usher }: Settings,
    private readonly http: ProviderHttp,
    private readonly clock: Clock,
  ) {
    this.ttl = providers.oidcProviderCacheTtl;
    this.elsewhere = new Map(usher.oidcDiscoveryUrls.map(split));
  }

  async get(issuer: string, options: { guarded: boolean; url?: string }): Promise<DiscoveryDocument> {
    const url =
      this.elsewhere.get(issuer) ?? options.url ?? `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const key = `${options.guarded} ${issuer} ${url}`;
    const now = this.clock.now().getTime();
    const known = this.kept.get(key);
    if (known && now < known.until) return known.document;
    const fresh = this.load(issuer, url, options.guarded);
    const document = known ? fresh.catch(() => known.document) : fresh;
    this.kept.set(key, { document, until: now + this.ttl });
    document.catch(() => this.kept.delete(key));
    return document;
  }

  forget(issuer: string): void {
    for (const key of this.kept.keys()) if (key.split(' ')[1] === issuer) this.kept.delete(key);
  }

  /** Without the cache: for a provider that is being set up. */
  async load(issuer: string, url: string, guarded: boolean): Promise<DiscoveryDocument> {
    const answer = await this.http.fetch(url, {}, guarded);
    if (answer.status !== 200) throw new DiscoveryFailed(`status ${answer.status}`);
    const document = parse(answer.text);
    if (document.issuer !== issuer) throw new DiscoveryFailed('the document names another issuer');
    return document as DiscoveryDocument;
  }
}

function parse(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below.
  }
  throw new DiscoveryFailed('the document is not a JSON object');
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}
