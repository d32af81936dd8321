import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { UsersRepository } from '../accounts/users.repository.js';
import { linkingDomain, type LinkingDecision } from './account-linking.js';
import { Linking } from './linking-facts.service.js';

/** Says what a sign-in would do, and why, without doing it. */
@Injectable()
export class LinkingExplanation {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly linking: Linking,
    private readonly users: UsersRepository,
  ) {}

  async explain(
    identity: ExternalIdentity,
    { audience }: RequestContext,
  ): Promise<{ decision: LinkingDecision['kind']; user: UserObject | null; linkingDomain: string; reason: string }> {
    const { decision } = await this.linking.decide(this.database, identity, audience);
    const user = 'userId' in decision ? await this.users.findById(decision.userId) : undefined;
    const domain = linkingDomain(identity.provider, this.settings.experimental.providerLinkingDomains);
    const shown = user ? toUserObject(user) : null;
    return { decision: decision.kind, user: shown, linkingDomain: domain, reason: decision.reason };
  }
}
