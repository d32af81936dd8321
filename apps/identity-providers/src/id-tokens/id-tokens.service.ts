import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError, oauthError } from '@usher/contracts/errors';
import type { VerifyIdTokenInput } from '@usher/contracts/identity-providers/oauth.contract';
import type { JsonObject } from '@usher/contracts/user-object';
import type { ExternalIdentity, Spendable } from '@usher/contracts/users/external-accounts.contract';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { CustomProviderResolver } from '../custom-providers/custom-provider-resolver.js';
import { externalIdentity } from '../providers/claims.js';
import type { Profile } from '../providers/provider.js';
import { UnexpectedAnswer } from '../providers/read-answer.js';
import { branchOf, checkPeeked, genericProfile, invalid, type IdTokenBranch } from './id-token-issuer.js';
import { BadIdToken, IdTokenVerifier, peek, type TokenRules } from './id-token-verifier.js';

/** How one token is judged. */
interface Judgement {
  provider: string;
  rules: TokenRules;
  audiences: readonly string[];
  skipNonce: boolean;
  emailOptional: boolean;
  profile(claims: JsonObject): Profile;
}

const bad = (description: string): AuthError => oauthError('invalid request', description);

/** POST /token?grant_type=id_token up to the account (external-providers.md §11). */
@Injectable()
export class IdTokens {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly custom: CustomProviderResolver,
    private readonly verifier: IdTokenVerifier,
  ) {}

  async verify(
    input: VerifyIdTokenInput,
  ): Promise<{ identity: ExternalIdentity; emailOptional: boolean; spend?: Spendable }> {
    const { idToken, provider, clientId, issuer, accessToken, nonce } = input;
    if (!idToken) throw bad('id_token required');
    if (!provider && (!clientId || !issuer)) throw bad('provider or client_id and issuer required');
    const judgement = await this.judge(input);
    const claims = await this.check(idToken, { ...judgement.rules, accessToken });
    const identity = this.identityOf(judgement, claims);
    if (!identity.subject) throw bad('Missing sub claim in id_token');
    const audiences = [claims.aud ?? []].flat().map(String);
    if (!audiences.some((aud) => judgement.audiences.includes(aud)))
      throw bad(`Unacceptable audience in id_token: [${audiences.join(' ')}]`);
    const { emailOptional } = judgement;
    if (judgement.skipNonce || !this.checkNonce(claims.nonce, nonce)) return { identity, emailOptional };
    return { identity, emailOptional, spend: spendable(idToken, claims) };
  }

  private async check(idToken: string, rules: TokenRules): Promise<JsonObject> {
    try {
      return await this.verifier.verify(idToken, rules);
    } catch (error) {
      throw error instanceof BadIdToken ? bad('Bad ID token') : error;
    }
  }

  private identityOf({ provider, profile }: Judgement, claims: JsonObject): ExternalIdentity {
    try {
      return externalIdentity(provider, profile(claims));
    } catch (error) {
      throw error instanceof UnexpectedAnswer ? bad('Bad ID token') : error;
    }
  }

  private async judge(input: VerifyIdTokenInput): Promise<Judgement> {
    const { provider, issuer, clientId } = input;
    const { oauth, iosBundleId, allowedIdTokenIssuers } = this.settings.providers;
    const branch = branchOf(provider, issuer, oauth.keycloak.enabled ? oauth.keycloak.url : '');
    if (branch) return this.judgeBuiltIn(branch, input, branch.provider === 'apple' ? [iosBundleId] : []);
    if (provider.startsWith('custom:')) return this.judgeCustom(provider);
    if (!issuer || !allowedIdTokenIssuers.includes(issuer))
      throw invalid(`Custom OIDC provider "${provider}" not allowed`);
    const rest = { audiences: [clientId], skipNonce: false, emailOptional: false, profile: genericProfile };
    return { provider: issuer, rules: { issuer, guarded: false }, ...rest };
  }

  private judgeBuiltIn(branch: IdTokenBranch, input: VerifyIdTokenInput, further: string[]): Judgement {
    const settings = this.settings.providers.oauth[branch.provider];
    let { issuer } = branch;
    if (branch.provider === 'keycloak') issuer = settings.url;
    if (!issuer) {
      const peeked = peekIssuer(input.idToken);
      checkPeeked(branch, peeked, input.issuer);
      issuer = peeked;
    }
    if (!settings.enabled) throw disabled(issuer);
    return {
      ...{ provider: branch.provider, rules: { issuer, accepts: branch.accepts, guarded: false } },
      audiences: [...settings.clientIds, ...further].filter(Boolean),
      skipNonce: settings.skipNonceCheck || branch.noNonce === true,
      ...{ emailOptional: settings.emailOptional, profile: (claims) => branch.profile(claims) },
    };
  }

  private async judgeCustom(name: string): Promise<Judgement> {
    if (!this.settings.providers.custom.enabled) throw invalid('Custom OAuth providers are disabled');
    const row = await this.custom.find(name);
    if (!row) throw invalid(`Custom provider "${name}" not found`);
    if (!row.enabled) throw new AuthError('provider_disabled', `Custom provider "${name}" is disabled`);
    if (row.provider_type !== 'oidc') throw invalid(`Provider "${name}" is not an OIDC provider`);
    if (!row.issuer) throw invalid(`OIDC provider "${name}" missing issuer`);
    return {
      provider: name,
      rules: { issuer: row.issuer, guarded: true, discoveryUrl: row.discovery_url ?? undefined },
      audiences: [row.client_id, ...(row.acceptable_client_ids ?? [])],
      ...{ skipNonce: row.skip_nonce_check, emailOptional: row.email_optional, profile: genericProfile },
    };
  }

  /** The token holds the hash of the nonce, so that whoever sees the token cannot use it (step 8). True when both are there. */
  private checkNonce(inToken: unknown, given: string): boolean {
    const present = typeof inToken === 'string' && inToken !== '';
    if (present !== (given !== '')) throw bad('Passed nonce and nonce in id_token should either both exist or not.');
    if (!present) return false;
    if (createHash('sha256').update(given).digest('hex') !== inToken)
      throw oauthError('invalid nonce', 'Nonces mismatch');
    return true;
  }
}

function peekIssuer(idToken: string): string {
  try {
    const { iss } = peek(idToken);
    return typeof iss === 'string' ? iss : '';
  } catch {
    return '';
  }
}

/** A token with a nonce was asked for once, so it counts once. Without one, honest apps send a token that they keep again and again. */
function spendable(idToken: string, { exp }: JsonObject): Spendable {
  const signed = idToken.slice(0, idToken.lastIndexOf('.'));
  return { purpose: 'id-token', value: signed, expiresAt: new Date(Number(exp) * 1000).toISOString() };
}

const disabled = (issuer: string): AuthError =>
  new AuthError('provider_disabled', `Provider (issuer "${issuer}") is not enabled`);
