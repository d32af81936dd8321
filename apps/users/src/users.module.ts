import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { AdminModule } from './admin/admin.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CleanupModule } from './cleanup/cleanup.module.js';
import { ExternalAccountsModule } from './external-accounts/external-accounts.module.js';
import { FactorsModule } from './factors/factors.module.js';
import { OneTimeTokensModule } from './one-time-tokens/one-time-tokens.module.js';
import { PasskeysModule } from './passkeys/passkeys.module.js';
import { UnlinkingModule } from './unlinking/unlinking.module.js';
import { RecoveryCodesModule } from './recovery-codes/recovery-codes.module.js';

@Module({
  imports: [
    AccountsModule,
    AdminModule,
    AuditModule,
    CleanupModule,
    ExternalAccountsModule,
    FactorsModule,
    OneTimeTokensModule,
    PasskeysModule,
    UnlinkingModule,
    RecoveryCodesModule,
  ],
})
export class UsersModule {}
