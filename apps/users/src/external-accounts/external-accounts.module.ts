import { Module } from '@nestjs/common';
import { HooksModule } from '@usher/hooks/hooks.module';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CodesModule } from '../one-time-tokens/codes.module.js';
import { AccountWriter } from './account-writer.service.js';
import { AutomaticLinking } from './automatic-linking.service.js';
import { ExternalAccountsRpc } from './external-accounts.rpc.js';
import { ExternalAccounts } from './external-accounts.service.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';
import { InvitationAcceptance } from './invitation-acceptance.service.js';
import { LinkingExplanation } from './linking-explanation.service.js';
import { Linking } from './linking-facts.service.js';
import { ManualLinking } from './manual-linking.service.js';
import { ReclaimedAccounts } from './reclaimed-account.service.js';

@Module({
  imports: [AccountRowsModule, AccountsModule, CodesModule, HooksModule],
  controllers: [ExternalAccountsRpc],
  providers: [
    AccountWriter,
    AutomaticLinking,
    ExternalAccounts,
    ExternalIdentitiesRepository,
    InvitationAcceptance,
    Linking,
    LinkingExplanation,
    ManualLinking,
    ReclaimedAccounts,
  ],
})
export class ExternalAccountsModule {}
