import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject } from '@usher/contracts/user-object';
import type { LinkedAccount, LinkOrCreateInput } from '@usher/contracts/users/external-accounts.contract';
import { Database, type Transaction } from '@usher/database/database';
import { spendCredential } from '@usher/database/spent-credentials';
import { HookCaller } from '@usher/hooks/hook-caller';
import { Clock } from '@usher/runtime/clock';
import { v4 as uuid } from 'uuid';
import { draftUserObject } from '../accounts/draft-account.js';
import { isUniqueViolation } from '../accounts/unique-violation.js';
import { UserCreationHooks } from '../accounts/user-creation-hooks.service.js';
import { CodeSender } from '../one-time-tokens/code-sender.service.js';
import { AutomaticLinking } from './automatic-linking.service.js';
import { InvitationAcceptance } from './invitation-acceptance.service.js';
import { ManualLinking } from './manual-linking.service.js';
import { Preparation, Unprepared } from './preparation.js';

/** Two rounds for what has to be asked and sent, the others for whoever was faster at the same moment. */
const MAX_ATTEMPTS = 6;

/** Accounts of people whom somebody outside vouches for: social providers, ID tokens, SAML, wallets. */
@Injectable()
export class ExternalAccounts {
  constructor(
    private readonly database: Database,
    private readonly automatic: AutomaticLinking,
    private readonly manual: ManualLinking,
    private readonly invitations: InvitationAcceptance,
    private readonly hooks: UserCreationHooks,
    private readonly hookCaller: HookCaller,
    private readonly codes: CodeSender,
    private readonly clock: Clock,
  ) {}

  async linkOrCreate(given: LinkOrCreateInput, context: RequestContext): Promise<LinkedAccount | { replayed: true }> {
    const input = normalized(given);
    const preparation = new Preparation(uuid(), this.hookCaller.isEnabled('before_user_created'));
    const linked = await this.attempt(input, context, preparation, 1);
    if (!('replayed' in linked) && this.tellsHook(input, linked)) await this.hooks.after(linked.signIn.user, context);
    return linked;
  }

  private async attempt(
    input: LinkOrCreateInput,
    context: RequestContext,
    preparation: Preparation,
    n: number,
  ): Promise<LinkedAccount | { replayed: true }> {
    try {
      return await this.database.transaction((tx) => this.run(tx, input, context, preparation));
    } catch (error) {
      if (n >= MAX_ATTEMPTS) throw error;
      if (error instanceof Unprepared) await this.prepare(error.need, context, preparation);
      else if (!isUniqueViolation(error)) throw error;
      return this.attempt(input, context, preparation, n + 1);
    }
  }

  private async run(
    tx: Transaction,
    input: LinkOrCreateInput,
    context: RequestContext,
    preparation: Preparation,
  ): Promise<LinkedAccount | { replayed: true }> {
    const { spend, linkTo, inviteToken } = input;
    if (spend && !(await spendCredential(tx, spend.purpose, spend.value, new Date(spend.expiresAt))))
      return { replayed: true };
    if (linkTo) return this.manual.link(tx, input, linkTo, context, preparation);
    if (inviteToken) return this.invitations.accept(tx, input, inviteToken, context);
    return this.automatic.signIn(tx, input, context, preparation);
  }

  private async prepare(need: Unprepared['need'], context: RequestContext, preparation: Preparation): Promise<void> {
    if ('draft' in need) {
      await this.hooks.before(draftUserObject(need.draft, this.clock.now()), context);
      return preparation.allowed();
    }
    const user = need.mailTo;
    preparation.sent(user.email, await this.codes.prepareEmail({ action: 'signup', user, pkce: false, context }));
  }

  private tellsHook({ linkTo, inviteToken, afterHookAlways }: LinkOrCreateInput, { decision }: LinkedAccount): boolean {
    return !linkTo && !inviteToken && (decision === 'create_account' || afterHookAlways === true);
  }
}

/** Addresses are compared in lower case everywhere, so they are stored that way; `sub` names whom the identity is of. */
function normalized(input: LinkOrCreateInput): LinkOrCreateInput {
  const { identity } = input;
  const claims: JsonObject = { ...identity.claims, sub: identity.subject };
  if (typeof claims.email === 'string') claims.email = claims.email.toLowerCase();
  return { ...input, identity: { ...identity, claims } };
}
