import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { Database } from '@usher/database/database';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Discovery } from '../id-tokens/discovery.client.js';
import { IdTokenVerifier } from '../id-tokens/id-token-verifier.js';
import { ProviderHttp } from '../id-tokens/provider-http.client.js';
import { UnsupportedProvider, type Grant, type ResolvedProvider } from '../oauth/resolved-provider.js';
import { UnexpectedAnswer } from '../providers/read-answer.js';
import type { CustomProviderRow } from './custom-provider.entity.js';
import { withOpenid } from './custom-provider.js';
import { customProfile } from './custom-profile.js';
import { CustomProvidersRepository } from './custom-providers.repository.js';

interface Endpoints {
  authorizeUrl: string;
  tokenUrl: string;
  userinfoUrl: string;
}

/** A custom provider, ready for a sign-in. Every call to it is guarded: an administrator chose where it goes. */
@Injectable()
export class CustomProviderResolver {
  private readonly cipher: ColumnCipher;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly providers: CustomProvidersRepository,
    private readonly discovery: Discovery,
    private readonly tokens: IdTokenVerifier,
    private readonly http: ProviderHttp,
  ) {
    this.cipher = new ColumnCipher(settings.security.databaseEncryption);
  }

  find(identifier: string): Promise<CustomProviderRow | undefined> {
    return this.providers.find(this.database, identifier);
  }

  async resolve(identifier: string, scopes: string): Promise<ResolvedProvider> {
    if (!this.settings.providers.custom.enabled) throw new UnsupportedProvider('custom OAuth providers are disabled');
    const row = await this.find(identifier);
    if (!row) throw new UnsupportedProvider(`custom provider ${identifier} not found`);
    if (!row.enabled) throw new UnsupportedProvider(`custom provider ${identifier} is disabled`);
    const endpoints = await this.endpoints(row);
    const asked = scopes.split(/\s+/).filter(Boolean);
    const { custom } = this.settings.providers;
    const home = (custom.externalUrl || this.settings.api.externalUrl).replace(/\/+$/, '');
    return {
      ...{ name: row.identifier, clientId: row.client_id, secret: this.cipher.open(row.id, row.client_secret) },
      ...{ redirectUri: `${home}/callback`, authorizeUrl: endpoints.authorizeUrl, tokenUrl: endpoints.tokenUrl },
      scopes: asked.length ? withOpenid(row.provider_type, asked) : (row.scopes ?? []),
      ...{ pkce: row.pkce_enabled, secretInBody: false, dropsParameters: false, guarded: true },
      ...{ fixed: row.authorization_params ?? {}, emailOptional: row.email_optional },
      profile: async (grant) => customProfile(await this.claims(row, endpoints, grant), row),
    };
  }

  private async endpoints(row: CustomProviderRow): Promise<Endpoints> {
    const { identifier, provider_type: type, authorization_url, token_url, userinfo_url, issuer } = row;
    if (type === 'oauth2') {
      if (!authorization_url || !token_url || !userinfo_url)
        throw new UnsupportedProvider(`OAuth2 provider ${identifier} missing required endpoints`);
      return { authorizeUrl: authorization_url, tokenUrl: token_url, userinfoUrl: userinfo_url };
    }
    if (!issuer) throw new UnsupportedProvider(`OIDC provider ${identifier} missing issuer`);
    const options = { guarded: true, url: row.discovery_url ?? undefined };
    const document = await this.discovery.get(issuer, options).catch(() => {
      throw new UnsupportedProvider('error creating OIDC provider: the discovery document cannot be had');
    });
    const text = (name: string) => (typeof document[name] === 'string' ? document[name] : '');
    return {
      authorizeUrl: text('authorization_endpoint'),
      tokenUrl: text('token_endpoint'),
      userinfoUrl: text('userinfo_endpoint'),
    };
  }

  private async claims(row: CustomProviderRow, { userinfoUrl }: Endpoints, grant: Grant): Promise<JsonObject> {
    const { id_token: token } = grant.answer;
    if (row.provider_type === 'oidc' && typeof token === 'string' && token) {
      const rules = { issuer: row.issuer ?? '', guarded: true, discoveryUrl: row.discovery_url ?? undefined };
      const claims = await this.tokens.verify(token, { ...rules, accessToken: grant.accessToken });
      const ours = [row.client_id, ...(row.acceptable_client_ids ?? [])];
      if (![claims.aud].flat().some((aud) => typeof aud === 'string' && ours.includes(aud)))
        throw new UnexpectedAnswer('the ID token is for somebody else');
      return claims;
    }
    if (!userinfoUrl) throw new UnexpectedAnswer('neither ID token nor userinfo endpoint');
    const headers = { authorization: `Bearer ${grant.accessToken}` };
    const answer = await this.http.fetch(userinfoUrl, { headers }, true);
    if (answer.status < 200 || answer.status > 299) throw new UnexpectedAnswer(`userinfo: status ${answer.status}`);
    const value = JSON.parse(answer.text) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnexpectedAnswer('no object');
    return value as JsonObject;
  }
}
