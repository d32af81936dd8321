import type { JsonObject } from '@usher/contracts/user-object';
import type { Profile } from '../providers/provider.js';

/** What a provider granted for a code. */
export interface Grant {
  answer: JsonObject;
  accessToken: string;
  callback: ReadonlyMap<string, string>;
}

/** A provider, built-in or added by an administrator, ready for a sign-in. */
export interface ResolvedProvider {
  /** As stored with identities. */
  name: string;
  clientId: string;
  secret: string;
  redirectUri: string;
  authorizeUrl: string;
  tokenUrl: string;
  scopes: readonly string[];
  /** We send a challenge of our own. */
  pkce: boolean;
  secretInBody: boolean;
  dropsParameters: boolean;
  /** Parameters of the authorize URL that win over the client's. */
  fixed: JsonObject;
  emailOptional: boolean;
  /** An administrator chose the URLs. */
  guarded: boolean;
  profile(grant: Grant): Promise<Profile>;
}

/** Why a provider cannot be used; the words go to the client behind "Unsupported provider: ". */
export class UnsupportedProvider extends Error {}
