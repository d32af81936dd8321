import { Inject, Injectable } from '@nestjs/common';
import type { ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import type { Queryable } from '@usher/database/database';
import type { IdentityRow } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { linkingDomains } from '../accounts/linking-domains.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { candidateEmail, decideLinking, verifiedEmails, type LinkingDecision } from './account-linking.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';

/** Gathers what the decision depends on, and makes it. */
@Injectable()
export class Linking {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly identities: ExternalIdentitiesRepository,
    private readonly users: UsersRepository,
  ) {}

  async decide(
    db: Queryable,
    identity: ExternalIdentity,
    audience: string,
  ): Promise<{ decision: LinkingDecision; known?: IdentityRow }> {
    const { mailer, experimental } = this.settings;
    const rules = { autoconfirm: mailer.autoconfirm, domains: experimental.providerLinkingDomains };
    const known = await this.identities.find(db, identity);
    if (known) {
      const facts = { ownerId: known.user_id, candidateTaken: false, identities: [], userIds: [] };
      return { decision: decideLinking(identity, facts, rules), known };
    }
    const verified = verifiedEmails(identity.emails, mailer.autoconfirm);
    const candidate = candidateEmail(identity.emails).email;
    const facts = {
      candidateTaken: candidate !== '' && (await this.isTaken(candidate, audience)),
      identities: verified.length ? await this.identities.findByEmails(db, verified) : [],
      userIds: verified.length ? await this.identities.findUsersByEmails(db, verified) : [],
    };
    return { decision: decideLinking(identity, facts, rules) };
  }

  private async isTaken(email: string, audience: string): Promise<boolean> {
    return Boolean(await this.users.findDuplicate(audience, email, linkingDomains(this.settings.experimental)));
  }
}
