import { Inject, Injectable } from '@nestjs/common';
import { oauthError } from '@usher/contracts/errors';
import type { OAuthFlow, ProviderTokens } from '@usher/contracts/identity-providers/oauth.contract';
import type { ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import { Database } from '@usher/database/database';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { v4 as uuid } from 'uuid';
import { codeDigest, sealToken } from '../flow-states/sealed-tokens.js';
import { externalIdentity } from '../providers/claims.js';
import type { Profile } from '../providers/provider.js';
import { ClientStatesRepository } from './client-states.repository.js';
import * as failure from './oauth.errors.js';
import { OAuthFlowsRepository, type OAuthFlowRow } from './oauth-flows.repository.js';
import { ProviderDirectory } from './provider-directory.js';
import { UnsupportedProvider, type ResolvedProvider } from './resolved-provider.js';
import { TokenEndpoint } from './token-endpoint.client.js';
import { TwitterSignIn } from './twitter-sign-in.service.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const VERIFIER_LIFETIME_MS = 5 * 60_000;

interface Answered {
  profile: Profile;
  tokens: ProviderTokens;
}

/** The provider's answer at /callback (external-providers.md §4). */
@Injectable()
export class OAuthAnswer {
  private readonly lifetimeMs: number;

  constructor(
    @Inject(SETTINGS) { providers }: Settings,
    private readonly database: Database,
    private readonly directory: ProviderDirectory,
    private readonly twitter: TwitterSignIn,
    private readonly tokens: TokenEndpoint,
    private readonly flows: OAuthFlowsRepository,
    private readonly clientStates: ClientStatesRepository,
    private readonly clock: Clock,
  ) {
    this.lifetimeMs = providers.flowStateExpiry;
  }

  async find({ state }: { state: string }): Promise<OAuthFlow> {
    if (!state) throw failure.stateMissing();
    if (!UUID.test(state)) throw failure.stateInvalid();
    const row = await this.load(state);
    const pkce = Boolean(row.code_challenge);
    if (row.user_id || row.auth_code_issued_at) throw pkce ? failure.stateUsed() : failure.stateUnknown();
    return {
      ...{ id: row.id, provider: row.provider_type, pkce, emailOptional: row.email_optional },
      ...{ inviteToken: row.invite_token || undefined, linkTo: row.linking_target_id ?? undefined },
      redirectTo: row.referrer ?? '',
    };
  }

  async receive({ flowId, parameters }: { flowId: string; parameters: [string, string][] }): Promise<{
    identity: ExternalIdentity;
    tokens: ProviderTokens;
  }> {
    const flow = await this.load(flowId);
    const callback = new Map([...parameters].reverse());
    const { profile, tokens } = await this.ask(flow, callback);
    if (!flow.email_optional && profile.emails.length === 0) throw failure.emailFailed();
    const identity = externalIdentity(flow.provider_type, profile);
    if (!identity.subject) throw failure.subjectMissing();
    if (!(await this.flows.claim(this.database, flow.id, this.clock.now()))) throw failure.stateUsed();
    return { identity, tokens };
  }

  async complete(input: { flowId: string; userId: string; tokens: ProviderTokens }): Promise<{ code: string | null }> {
    const { flowId, userId, tokens } = input;
    const flow = await this.load(flowId);
    if (!flow.code_challenge) {
      await this.flows.remove(this.database, flowId);
      return { code: null };
    }
    const code = uuid();
    const sealed = {
      accessToken: sealToken(code, flowId, tokens.accessToken),
      refreshToken: sealToken(code, flowId, tokens.refreshToken ?? ''),
    };
    const done = { userId, codeDigest: codeDigest(code), ...sealed };
    if (!(await this.flows.complete(this.database, flowId, done, this.clock.now()))) throw failure.stateUsed();
    return { code };
  }

  async release({ flowId }: { flowId: string }): Promise<Record<string, never>> {
    await this.flows.release(this.database, flowId);
    return {};
  }

  private async load(id: string): Promise<OAuthFlowRow> {
    const row = await this.flows.find(this.database, id.toLowerCase());
    if (!row) throw failure.stateUnknown();
    if (this.clock.now().getTime() - Date.parse(row.created_at) > this.lifetimeMs) throw failure.stateExpired();
    return row;
  }

  private async ask(flow: OAuthFlowRow, callback: ReadonlyMap<string, string>): Promise<Answered> {
    if (flow.provider_type === 'twitter') return this.askTwitter(callback);
    const error = callback.get('error');
    if (error) throw oauthError(error.slice(0, 200), (callback.get('error_description') ?? '').slice(0, 1000));
    const code = callback.get('code');
    if (!code) throw failure.codeMissing();
    const provider = await this.resolve(flow.provider_type);
    const verifier = await this.verifierOf(flow, provider);
    const answer = await this.tokens.exchange(provider, code, verifier).catch((cause: unknown) => {
      throw failure.exchangeFailed(code, cause);
    });
    const accessToken = String(answer.access_token);
    const profile = await provider.profile({ answer, accessToken, callback }).catch((cause: unknown) => {
      throw failure.profileFailed(cause);
    });
    const { refresh_token: refresh } = answer;
    return { profile, tokens: { accessToken, refreshToken: typeof refresh === 'string' ? refresh : undefined } };
  }

  private async askTwitter(callback: ReadonlyMap<string, string>): Promise<Answered> {
    const { profile, accessToken } = await this.twitter.receive(callback);
    return { profile, tokens: { accessToken } };
  }

  private async resolve(name: string): Promise<ResolvedProvider> {
    return this.directory.resolve(name, '').catch((error: unknown) => {
      if (!(error instanceof UnsupportedProvider)) throw error;
      throw failure.unsupported(error.message, 'oauth_provider_not_supported');
    });
  }

  private async verifierOf(flow: OAuthFlowRow, provider: ResolvedProvider): Promise<string | undefined> {
    if (!flow.oauth_client_state_id) {
      if (provider.pkce) throw failure.verifierMissing();
      return undefined;
    }
    const kept = await this.clientStates.take(this.database, flow.oauth_client_state_id);
    if (!kept) throw failure.clientStateGone();
    if (kept.provider_type !== flow.provider_type) throw failure.providerMismatch();
    if (this.clock.now().getTime() - Date.parse(kept.created_at) > VERIFIER_LIFETIME_MS)
      throw failure.clientStateExpired();
    return kept.code_verifier ?? undefined;
  }
}
