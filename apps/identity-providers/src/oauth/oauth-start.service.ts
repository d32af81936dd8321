import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StartOAuthInput } from '@usher/contracts/identity-providers/oauth.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { checkInvitation } from '@usher/contracts/users/external-accounts.contract';
import { Database } from '@usher/database/database';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import { v4 as uuid } from 'uuid';
import { checkChallenge } from './code-challenge.js';
import { authorizeUrl, travelling } from './authorize-url.js';
import { ClientStatesRepository } from './client-states.repository.js';
import { unsupported } from './oauth.errors.js';
import { OAuthFlowsRepository } from './oauth-flows.repository.js';
import { ProviderDirectory } from './provider-directory.js';
import { UnsupportedProvider, type ResolvedProvider } from './resolved-provider.js';
import { TwitterSignIn } from './twitter-sign-in.service.js';

/** GET /authorize and GET /user/identities/authorize (external-providers.md §3). */
@Injectable()
export class OAuthStart {
  constructor(
    private readonly database: Database,
    private readonly directory: ProviderDirectory,
    private readonly twitter: TwitterSignIn,
    private readonly flows: OAuthFlowsRepository,
    private readonly clientStates: ClientStatesRepository,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async start(input: StartOAuthInput, context: RequestContext): Promise<{ url: string }> {
    const name = input.provider.toLowerCase();
    const provider = await this.resolve(name, input.scopes);
    if (input.inviteToken) await this.rpc.call(checkInvitation, { tokenHash: input.inviteToken }, context);
    const challenge = checkChallenge(input);
    const id = uuid();
    const verifier = provider?.pkce ? randomBytes(32).toString('base64url') : undefined;
    const clientStateId = verifier ? uuid() : null;
    const now = this.clock.now();
    if (verifier && clientStateId) await this.clientStates.insert(this.database, clientStateId, name, verifier, now);
    const { linkTo = null, redirectTo: referrer } = input;
    const inviteToken = input.inviteToken || null;
    const emailOptional = provider?.emailOptional ?? this.twitter.configured().emailOptional;
    const flow = { id, provider: name, inviteToken, referrer, clientStateId, linkTo, emailOptional };
    const authCode = challenge.codeChallenge ? uuid() : null;
    await this.flows.insert(this.database, { ...flow, authCode, ...challenge }, now);
    return { url: provider ? this.url(provider, id, verifier, input) : await this.twitter.authorizeUrl(id) };
  }

  private url(provider: ResolvedProvider, state: string, verifier: string | undefined, input: StartOAuthInput): string {
    return authorizeUrl({
      ...{ url: provider.authorizeUrl, clientId: provider.clientId, redirectUri: provider.redirectUri, state },
      ...{ scopes: provider.scopes, fixed: provider.fixed },
      codeChallenge: verifier && createHash('sha256').update(verifier).digest('base64url'),
      travelling: provider.dropsParameters ? [] : travelling(input.parameters),
    });
  }

  /** Undefined for Twitter, whose protocol is another. */
  private async resolve(name: string, scopes: string): Promise<ResolvedProvider | undefined> {
    try {
      if (name !== 'twitter') return await this.directory.resolve(name, scopes);
      this.twitter.configured();
      return undefined;
    } catch (error) {
      throw error instanceof UnsupportedProvider ? unsupported(error.message, 'validation_failed') : error;
    }
  }
}
