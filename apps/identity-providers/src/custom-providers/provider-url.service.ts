import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { ForbiddenDestination, UnresolvedHost } from '@usher/outbound/outbound.errors';
import { Discovery, DiscoveryFailed } from '../id-tokens/discovery.client.js';
import { ProviderHttp } from '../id-tokens/provider-http.client.js';
import { invalid } from './custom-providers.errors.js';

const NEEDED = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'];
const KEPT = [
  ...[...NEEDED, 'userinfo_endpoint', 'scopes_supported', 'response_types_supported'],
  ...['grant_types_supported', 'subject_types_supported'],
];

/** Looks at the addresses of a provider before they are stored (external-providers.md §13.3 steps 7 and 9). */
@Injectable()
export class ProviderUrls {
  constructor(
    private readonly http: ProviderHttp,
    private readonly discovery: Discovery,
  ) {}

  async check(text: string): Promise<void> {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url) throw invalid(/^https:\/*$/i.test(text) ? 'URL must have a valid hostname' : formOf(text));
    if (url.protocol !== 'https:') throw invalid('URL must use HTTPS');
    const host = url.hostname.toLowerCase().replace(/\.$/, '');
    if (isLocal(host)) throw invalid('URL cannot point to localhost or loopback addresses');
    await this.http.check(text).catch((error: unknown) => {
      if (error instanceof ForbiddenDestination) throw invalid(`URL cannot resolve to ${kindOf(error)}`);
      if (error instanceof UnresolvedHost) throw invalid('Unable to resolve hostname');
      throw error;
    });
  }

  /** The discovery document, reduced to what is kept of it. */
  async discover(issuer: string, discoveryUrl: string | undefined): Promise<JsonObject> {
    const url = discoveryUrl || `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const document = await this.discovery.load(issuer, url, true).catch((error: unknown) => {
      const detail = error instanceof DiscoveryFailed ? error.message : 'the address could not be fetched';
      throw invalid(`OIDC discovery from "${url}" failed: ${detail}`);
    });
    const missing = NEEDED.filter((name) => !document[name]);
    if (missing.length) throw invalid(`OIDC discovery document is missing required fields: ${missing.join(', ')}`);
    for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'])
      if (document[name]) await this.check(String(document[name]));
    return Object.fromEntries(
      KEPT.filter((name) => document[name] !== undefined).map((name) => [name, document[name]!]),
    );
  }
}

function formOf(text: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || text.startsWith('/') ? 'Invalid URL format' : 'URL must use HTTPS';
}

const LOCAL = new Set(['localhost', '127.0.0.1', '0.0.0.0', '[::1]', '[::]']);

function isLocal(host: string): boolean {
  return LOCAL.has(host) || host.endsWith('.localhost');
}

/** The reference's word for the kind, which looks at link-local addresses first. */
function kindOf({ host, kind }: ForbiddenDestination): string {
  return /^(?:169\.254\.|224\.0\.0\.|ff02:)/i.test(host) ? 'link-local addresses' : kind;
}
