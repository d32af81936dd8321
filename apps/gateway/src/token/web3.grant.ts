import { Inject, Injectable } from '@nestjs/common';
import { oauthError } from '@usher/contracts/errors';
import { verifyWallet, type VerifiedWallet } from '@usher/contracts/identity-providers/web3.contract';
import { linkOrCreateAccount } from '@usher/contracts/users/external-accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { isAllowedRedirect } from '../redirects/choose-redirect.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import type { Grant } from './grant.js';
import { WEB3_GRANT_PARAMS } from './token.params.js';

const LABELS: Readonly<Record<string, string>> = { solana: 'Solana', ethereum: 'Ethereum' };

/** Sign-in with a wallet (external-providers.md §12). */
@Injectable()
export class Web3Grant implements Grant {
  readonly name = 'web3';
  readonly limit = 'web3';
  readonly withCaptcha = true;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
    private readonly signIn: SignInFlow,
  ) {}

  async run(exchange: Exchange): Promise<Answer> {
    const { chain = '', message = '', signature = '' } = exchange.body(WEB3_GRANT_PARAMS);
    const context = exchange.context();
    const wallet = await this.rpc.call(verifyWallet, { chain, message, signature }, context);
    const label = LABELS[chain] ?? '';
    this.checkPlace(wallet.signedFor, label);
    if (wallet.untimely) throw oauthError('invalid_grant', wallet.untimely);
    const { identity, spend, loginTraits } = wallet;
    const input = { identity, spend, loginTraits, method: 'web3', emailOptional: true, opensSession: true };
    const account = await this.rpc.call(linkOrCreateAccount, input, context);
    if ('replayed' in account) throw oauthError('invalid_grant', `Signed ${label} message has already been used`);
    return this.signIn.openSession(account.signIn, exchange);
  }

  /** A message that was signed for another app is worth nothing here (phishing). */
  private checkPlace({ uri, domain }: VerifiedWallet['signedFor'], label: string): void {
    const { site } = this.settings;
    if (!isAllowedRedirect(site, uri))
      throw oauthError(
        'invalid_grant',
        `Signed ${label} message is using URI which is not allowed on this server, message was signed for another app`,
      );
    if (new URL(uri).hostname === 'localhost') return;
    if (hostOf(uri) !== domain || !isAllowedRedirect(site, `https://${domain}/`))
      throw oauthError(
        'invalid_grant',
        `Signed ${label} message is using a Domain that does not match the one in URI which is not allowed on this server`,
      );
  }
}

/** Host and port as they were written. */
function hostOf(uri: string): string {
  return /^[^:]+:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(uri)?.[1] ?? '';
}
