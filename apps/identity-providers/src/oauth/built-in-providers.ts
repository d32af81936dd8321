import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { OAUTH_PROVIDERS, type OAuthProviderSettings } from '@usher/runtime/settings/providers';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Discovery } from '../id-tokens/discovery.client.js';
import { IdTokenVerifier } from '../id-tokens/id-token-verifier.js';
import { ProviderHttp } from '../id-tokens/provider-http.client.js';
import { CATALOGUE } from '../providers/catalogue.js';
import { withProviderId } from '../providers/claims.js';
import type { Endpoint, IssuerRule, Profile, ProfileSource, Provider } from '../providers/provider.js';
import { UnexpectedAnswer } from '../providers/read-answer.js';
import { UnsupportedProvider, type Grant, type ResolvedProvider } from './resolved-provider.js';

/** The providers that the operator's settings switch on. */
@Injectable()
export class BuiltInProviders {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly http: ProviderHttp,
    private readonly discovery: Discovery,
    private readonly tokens: IdTokenVerifier,
  ) {}

  /** The settings of one that is switched on and complete. */
  configured(name: string): OAuthProviderSettings & { base: string } {
    const known = OAUTH_PROVIDERS.find((one) => one === name);
    if (!known) throw new UnsupportedProvider(`Provider ${name} could not be found`);
    const settings = this.settings.providers.oauth[known];
    if (!settings.enabled) throw new UnsupportedProvider('provider is not enabled');
    if (!settings.clientIds[0]) throw new UnsupportedProvider('missing OAuth client ID');
    if (!settings.secret) throw new UnsupportedProvider('missing OAuth secret');
    if (!settings.redirectUri) throw new UnsupportedProvider('missing redirect URI');
    if (known === 'keycloak' && !settings.url)
      throw new UnsupportedProvider('unable to find URL for the Keycloak provider');
    return { ...settings, base: settings.url.replace(/\/$/, '') };
  }

  async resolve(name: string, scopes: string): Promise<ResolvedProvider> {
    const settings = this.configured(name);
    const provider = CATALOGUE.get(name);
    if (!provider) throw new UnsupportedProvider(`Provider ${name} could not be found`);
    const base = provider.ignoresUrl ? '' : settings.base;
    const url = ([host, path]: Endpoint): string => (base || host) + path;
    const endpoints = await this.endpoints(provider, url);
    const asked = provider.fixedScopes || !scopes ? [] : scopes.split(',');
    const clientId = settings.clientIds[0] ?? '';
    return {
      ...{ name: provider.name, clientId, secret: settings.secret, redirectUri: settings.redirectUri, ...endpoints },
      ...{ scopes: [...provider.scopes, ...asked], pkce: provider.pkce ?? false, guarded: false },
      ...{ secretInBody: provider.secretInBody ?? false, dropsParameters: provider.dropsParameters ?? false },
      ...{ fixed: { ...provider.extras }, emailOptional: settings.emailOptional },
      profile: async (grant) => withProviderId(await this.profile(provider, grant, settings, clientId, url)),
    };
  }

  private async endpoints(provider: Provider, url: (endpoint: Endpoint) => string) {
    if (provider.authorize && provider.token)
      return { authorizeUrl: url(provider.authorize), tokenUrl: url(provider.token) };
    const document = await this.discovery.get(provider.issuer ?? '', { guarded: false }).catch(() => {
      throw new UnsupportedProvider('the discovery document of the provider cannot be had');
    });
    return {
      authorizeUrl: String(document.authorization_endpoint),
      tokenUrl: String(document.token_endpoint),
    };
  }

  private profile(
    provider: Provider,
    { answer, accessToken, callback }: Grant,
    { secret }: OAuthProviderSettings,
    clientId: string,
    url: (endpoint: Endpoint) => string,
  ): Promise<Profile> {
    const headersFor = (headers: Record<string, string> = {}) => ({
      authorization: `Bearer ${accessToken}`,
      ...headers,
    });
    const get = async (at: string, headers?: Record<string, string>): Promise<unknown> => {
      const reply = await this.http.fetch(at, { headers: headersFor(headers) }, false);
      if (reply.status < 200 || reply.status > 299) throw new UnexpectedAnswer(`status ${reply.status}`);
      return JSON.parse(reply.text) as unknown;
    };
    const source: ProfileSource = {
      ...{ accessToken, answer, clientId, secret, callback, url },
      get: async (at, headers) => object(await get(at, headers)),
      list: async (at) => list(await get(at)),
      idToken: (rule) => this.idToken(answer, accessToken, clientId, rule),
    };
    return provider.profile(source);
  }

  private async idToken(
    { id_token: token }: JsonObject,
    accessToken: string,
    clientId: string,
    rule: IssuerRule = { issuer: '' },
  ): Promise<JsonObject | undefined> {
    if (typeof token !== 'string' || !token) return undefined;
    const claims = await this.tokens.verify(token, { ...rule, guarded: false, accessToken });
    const audiences = [claims.aud].flat();
    if (!audiences.includes(clientId)) throw new UnexpectedAnswer('the ID token is for somebody else');
    return claims;
  }
}

function object(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnexpectedAnswer('no object');
  return value as JsonObject;
}

function list(value: unknown): JsonObject[] {
  if (!Array.isArray(value)) throw new UnexpectedAnswer('no array');
  return value.map(object);
}
