import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { LinkDecision, LinkedAccount, LinkOrCreateInput } from '@usher/contracts/users/external-accounts.contract';
import type { Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { identityEvent } from '../accounts/account-events.js';
import { isBanned } from '../accounts/ban.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { linkedTraits, patched, withMetadata, withProviders, type AccountChanges } from './account-changes.js';
import { DEFAULT_DOMAIN, linkingDomain, type CandidateEmail, type LinkingDecision } from './account-linking.js';
import { AccountWriter } from './account-writer.service.js';
import { addressOf, admission, type Admission } from './admission.js';
import { banned, multipleAccounts, needsVerification, signupDisabled } from './external-accounts.errors.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';
import { Linking } from './linking-facts.service.js';
import { Preparation } from './preparation.js';
import { ReclaimedAccounts } from './reclaimed-account.service.js';

interface Found {
  decision: LinkDecision;
  changes: AccountChanges;
  identityId: string;
}

/** Somebody signs in with an outside party's word: whose account is it (external-providers.md §5)? */
@Injectable()
export class AutomaticLinking {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly linking: Linking,
    private readonly identities: ExternalIdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly reclaimed: ReclaimedAccounts,
    private readonly writer: AccountWriter,
    private readonly clock: Clock,
  ) {}

  async signIn(
    tx: Transaction,
    input: LinkOrCreateInput,
    context: RequestContext,
    preparation: Preparation,
  ): Promise<LinkedAccount> {
    const { decision, known } = await this.linking.decide(tx, input.identity, context.audience);
    const found =
      decision.kind === 'create_account'
        ? await this.create(tx, input, decision.candidate, context, preparation)
        : await this.join(tx, input, decision, known?.id, context);
    const { changes } = found;
    if (isBanned(changes.account, this.clock.now())) throw banned();
    const address =
      decision.kind === 'create_account' ? decision.candidate : addressOf(changes.account, input.identity);
    const { autoconfirm, allowUnverifiedEmailSignIns } = this.settings.mailer;
    const rules = { autoconfirm, allowUnverifiedEmailSignIns };
    const admitted = admission(changes.account, address, input.identity.provider, input.emailOptional, rules);
    await this.admit(tx, found, admitted, input.identity.provider);
    if (input.loginTraits) changes.audit.push({ action: 'login', traits: input.loginTraits });
    const mail =
      admitted.kind === 'ask' && admitted.mail ? preparation.confirmationMail(this.shown(changes)) : undefined;
    const refusal =
      admitted.kind === 'ask' && admitted.refuse
        ? needsVerification(input.identity.provider, admitted.mail)
        : undefined;
    const signIn = await this.writer.write(tx, changes, input, context, mail, refusal);
    return { decision: found.decision, signIn, endSessions: changes.reclaimed && admitted.kind === 'confirm' };
  }

  private async join(
    tx: Transaction,
    { identity }: LinkOrCreateInput,
    decision: Exclude<LinkingDecision, { kind: 'create_account' }>,
    knownId: string | undefined,
    { ip }: RequestContext,
  ): Promise<Found> {
    if (decision.kind === 'multiple_accounts')
      throw multipleAccounts(linkingDomain(identity.provider, this.settings.experimental.providerLinkingDomains));
    const now = this.clock.now();
    await this.users.lockForUpdate(tx, decision.userId);
    const before = await this.users.findById(decision.userId, tx);
    if (!before) throw new Error(`user ${decision.userId} of an identity is gone`);
    const row = knownId
      ? await this.identities.replace(tx, knownId, identity.claims, now)
      : await this.identities.insert(tx, before.id, identity, now);
    const others = before.identities.filter(({ id }) => id !== row.id);
    const all = knownId ? before.identities.map((one) => (one.id === row.id ? row : one)) : [...others, row];
    const changes: AccountChanges = {
      ...{ before, account: { ...before, identities: all }, patch: {}, audit: [], passwordRemoved: false },
      ...{ reclaimed: false, events: [identityEvent(knownId ? 'identity.updated' : 'identity.linked', row)] },
    };
    withMetadata(changes, identity.claims);
    withProviders(changes);
    if (!knownId) changes.audit.push({ action: 'identity_linked', traits: linkedTraits(row), ip });
    return { decision: decision.kind, changes, identityId: row.id };
  }

  private async create(
    tx: Transaction,
    { identity }: LinkOrCreateInput,
    candidate: CandidateEmail,
    context: RequestContext,
    preparation: Preparation,
  ): Promise<Found> {
    if (this.settings.site.disableSignup) throw signupDisabled();
    const { provider, claims } = identity;
    const now = this.clock.now();
    const user = {
      ...{ id: preparation.newUserId, aud: context.audience, role: this.settings.jwt.defaultGroupName },
      ...{ email: candidate.email || undefined, encryptedPassword: null, userMetadata: claims },
      appMetadata: { provider, providers: [provider] },
      isSsoUser: linkingDomain(provider, this.settings.experimental.providerLinkingDomains) !== DEFAULT_DOMAIN,
    };
    preparation.askForAccount({ user });
    const inserted = await this.users.insert(tx, user, now);
    const row = await this.identities.insert(tx, user.id, identity, now);
    const account = { ...inserted, identities: [row], factors: [] };
    const changes: AccountChanges = {
      ...{ account, patch: {}, audit: [], passwordRemoved: false, reclaimed: false },
      events: [identityEvent('identity.linked', row)],
    };
    return { decision: 'create_account', changes, identityId: row.id };
  }

  private async admit(tx: Transaction, found: Found, admitted: Admission, provider: string): Promise<void> {
    const { changes, identityId } = found;
    if (admitted.kind === 'let_in') return void changes.audit.push({ action: 'login', traits: { provider } });
    const own = changes.account.identities.find(({ id }) => id === identityId);
    if (own) await this.reclaimed.removeOthers(tx, changes, own);
    if (admitted.kind === 'ask') return;
    await this.reclaimed.confirm(tx, changes, this.clock.now());
    changes.audit.push({ action: 'user_signedup', traits: { provider } });
  }

  private shown(changes: AccountChanges) {
    return toUserObject({ ...changes.account, ...patched(changes) });
  }
}
