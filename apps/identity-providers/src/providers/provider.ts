import type { JsonObject } from '@usher/contracts/user-object';
import type { ExternalEmail } from '@usher/contracts/users/external-accounts.contract';
import type { OAuthProviderName } from '@usher/runtime/settings/providers';

/** A default base that the setting `…_URL` replaces, and the path below it. */
export type Endpoint = readonly [base: string, path: string];

export interface Profile {
  emails: ExternalEmail[];
  /** In the standard set (external-providers.md §6); `sub` names the person. */
  claims: JsonObject;
}

/** What the token endpoint answered, and ways to ask for more. */
export interface ProfileSource {
  readonly accessToken: string;
  /** The whole answer of the token endpoint. */
  readonly answer: JsonObject;
  readonly clientId: string;
  readonly secret: string;
  /** Parameters of the callback (Apple sends the name there). */
  readonly callback: ReadonlyMap<string, string>;
  /** With the base replaced where the setting says so. */
  url(endpoint: Endpoint): string;
  /** GET with the access token. */
  get(url: string, headers?: Record<string, string>): Promise<JsonObject>;
  /** For answers that are arrays. */
  list(url: string): Promise<JsonObject[]>;
  /** The verified claims of the ID token that came along; undefined when none did. */
  idToken(issuer?: IssuerRule): Promise<JsonObject | undefined>;
}

export interface IssuerRule {
  /** Where the keys are; the token's own `iss` must be `accepts`ed. */
  issuer: string;
  accepts?: (issuer: string) => boolean;
}

/** One provider: a declaration, and what it makes of the provider's own words. */
export interface Provider {
  readonly name: OAuthProviderName;
  /** Endpoints, or the issuer whose discovery document names them. */
  readonly authorize?: Endpoint;
  readonly token?: Endpoint;
  readonly issuer?: string;
  readonly scopes: readonly string[];
  /** The client cannot ask for more. */
  readonly fixedScopes?: true;
  /** The provider wants a PKCE challenge of ours. */
  readonly pkce?: true;
  /** The token endpoint reads the secret from the body only. */
  readonly secretInBody?: true;
  /** Always sent to the authorize URL. */
  readonly extras?: Readonly<Record<string, string>>;
  /** Parameters of the client do not travel on. */
  readonly dropsParameters?: true;
  /** `URL` has to be set. */
  readonly needsUrl?: true;
  /** `URL` has no effect. */
  readonly ignoresUrl?: true;
  profile(source: ProfileSource): Promise<Profile>;
}
