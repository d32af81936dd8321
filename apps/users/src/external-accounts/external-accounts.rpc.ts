import { Controller } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import {
  checkInvitation,
  explainLinking,
  linkOrCreateAccount,
  type ExternalIdentity,
  type LinkOrCreateInput,
} from '@usher/contracts/users/external-accounts.contract';
import { Handles } from '@usher/messaging/handles';
import { ExternalAccounts } from './external-accounts.service.js';
import { InvitationAcceptance } from './invitation-acceptance.service.js';
import { LinkingExplanation } from './linking-explanation.service.js';

@Controller()
export class ExternalAccountsRpc {
  constructor(
    private readonly accounts: ExternalAccounts,
    private readonly invitations: InvitationAcceptance,
    private readonly explanation: LinkingExplanation,
  ) {}

  @Handles(linkOrCreateAccount)
  linkOrCreate(input: LinkOrCreateInput, context: RequestContext) {
    return this.accounts.linkOrCreate(input, context);
  }

  @Handles(explainLinking)
  explain({ identity }: { identity: ExternalIdentity }, context: RequestContext) {
    return this.explanation.explain(identity, context);
  }

  @Handles(checkInvitation)
  checkInvitation(input: { tokenHash: string }) {
    return this.invitations.check(input);
  }
}
