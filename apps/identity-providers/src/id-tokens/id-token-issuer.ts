import { AuthError } from '@usher/contracts/errors';
import type { JsonObject } from '@usher/contracts/user-object';
import type { OAuthProviderName } from '@usher/runtime/settings/providers';
import { appleProfile, isAppleIssuer } from '../providers/apple.js';
import { azureProfile, isAzureIssuer } from '../providers/azure.js';
import { standardClaims } from '../providers/claims.js';
import type { Profile } from '../providers/provider.js';
import { oneEmail, text } from '../providers/read-answer.js';
import { VERCEL_ISSUER, vercelProfile } from '../providers/vercel-marketplace.js';

/** How the ID tokens of a built-in provider are checked and read (external-providers.md §11). */
export interface IdTokenBranch {
  provider: OAuthProviderName;
  /** '' when several issuers are good and the token's own decides. */
  issuer: string;
  accepts?: (issuer: string) => boolean;
  /** Named in texts about the issuer. */
  title?: string;
  /** The nonce of the provider cannot be compared. */
  noNonce?: true;
  profile(claims: JsonObject): Profile;
}

const GOOGLE = 'https://accounts.google.com';

export const BRANCHES: readonly IdTokenBranch[] = [
  { provider: 'apple', issuer: '', accepts: isAppleIssuer, title: 'Apple', profile: appleProfile },
  {
    ...{ provider: 'google', issuer: GOOGLE, profile: googleProfile },
    accepts: (issuer) => issuer === GOOGLE || issuer === 'accounts.google.com',
  },
  { provider: 'azure', issuer: '', accepts: isAzureIssuer, title: 'Azure', profile: azureProfile },
  { provider: 'facebook', issuer: 'https://www.facebook.com', noNonce: true, profile: named('name', 'picture') },
  { provider: 'keycloak', issuer: '', profile: genericProfile },
  { provider: 'kakao', issuer: 'https://kauth.kakao.com', profile: kakaoProfile },
  { provider: 'vercel_marketplace', issuer: VERCEL_ISSUER, profile: vercelProfile },
  {
    ...{ provider: 'snapchat', issuer: 'https://accounts.snapchat.com/accounts/oauth2/token' },
    profile: (claims) => verified(genericProfile(claims)),
  },
];

/** An issuer that stands for a provider although no name was given. */
export function branchOf(provider: string, issuer: string, keycloakUrl: string): IdTokenBranch | undefined {
  return BRANCHES.find((branch) => {
    if (branch.provider === provider) return true;
    if (provider) return false;
    if (branch.provider === 'keycloak') return issuer !== '' && issuer === keycloakUrl;
    return branch.accepts ? branch.accepts(issuer) : branch.issuer === issuer;
  });
}

/** Several issuers are good: the token has to name one of them, and the one that the caller expects (step 4). */
export function checkPeeked({ accepts, title = '' }: IdTokenBranch, peeked: string, expected: string): void {
  if (!peeked) throw invalid(`Unable to detect issuer in ID token for ${title} provider`);
  if (!accepts?.(peeked)) throw invalid(`Detected ID token issuer is not an ${title} ID token issuer`);
  if (expected && expected !== peeked) throw invalid('Provided issuer does not match ID token issuer');
}

export function genericProfile(source: JsonObject): Profile {
  const claims = standardClaims(source);
  return { emails: oneEmail(text(claims.email), claims.email_verified === true), claims };
}

function googleProfile(source: JsonObject): Profile {
  const { claims } = genericProfile(source);
  const [name, picture] = [text(claims.name), text(claims.picture)];
  const shown: JsonObject = { iss: text(claims.iss), sub: text(claims.sub), name, full_name: name };
  if (text(source.hd)) shown.custom_claims = { hd: text(source.hd) };
  const emails = oneEmail(text(claims.email), claims.email_verified === true);
  return { emails, claims: { ...shown, provider_id: text(claims.sub), picture, avatar_url: picture } };
}

function kakaoProfile(source: JsonObject): Profile {
  const nickname = text(source.nickname);
  const names = { name: nickname, preferred_username: nickname, picture: text(source.picture) };
  const claims = { iss: text(source.iss), sub: text(source.sub), ...names };
  return { emails: oneEmail(text(source.email), true), claims };
}

function named(...names: string[]): (source: JsonObject) => Profile {
  return (source) => {
    const shown = ['iss', 'sub', ...names].map((name) => [name, text(source[name])]);
    return { emails: oneEmail(text(source.email), true), claims: Object.fromEntries(shown) as JsonObject };
  };
}

function verified({ emails, claims }: Profile): Profile {
  return { emails: emails.map((one) => ({ ...one, verified: true })), claims };
}

export const invalid = (message: string): AuthError => new AuthError('validation_failed', message);
