import { Module } from '@nestjs/common';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { HooksModule } from '@usher/hooks/hooks.module';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CodesModule } from '../one-time-tokens/codes.module.js';
import { RecoveryCodeRowsModule } from '../recovery-codes/recovery-code-rows.module.js';
import { WebauthnModule } from '../webauthn/webauthn.module.js';
import { AdminFactors } from './admin-factors.service.js';
import { AdminFactorsRpc } from './admin-factors.rpc.js';
import { ChallengeWriter } from './challenge-writer.service.js';
import { ChallengesRepository } from './challenges.repository.js';
import { CodeChecks } from './code-checks.service.js';
import { Enrolment } from './enrolment.service.js';
import { FactorAcceptance } from './factor-acceptance.service.js';
import { FactorAccess } from './factor-access.service.js';
import { FactorAttemptsRepository } from './factor-attempts.repository.js';
import { FactorChallenges } from './factor-challenges.service.js';
import { FactorChecks } from './factor-checks.service.js';
import { FactorRemoval } from './factor-removal.service.js';
import { FactorsRepository } from './factors.repository.js';
import { FactorsRpc } from './factors.rpc.js';
import { ForgottenFactors } from './forgotten-factors.service.js';
import { MfaAttemptHook } from './mfa-attempt-hook.service.js';
import { PhoneChallenges } from './phone-challenges.service.js';
import { WebauthnChallenges } from './webauthn-challenges.service.js';
import { WebauthnChecks } from './webauthn-checks.service.js';

/** Secrets are sealed under the factor's id, codes under the challenge's, where encryption at rest is on. */
const cipher = {
  provide: ColumnCipher,
  useFactory: ({ security }: Settings) => new ColumnCipher(security.databaseEncryption),
  inject: [SETTINGS],
};

@Module({
  imports: [AccountRowsModule, AccountsModule, CodesModule, HooksModule, RecoveryCodeRowsModule, WebauthnModule],
  controllers: [AdminFactorsRpc, FactorsRpc],
  providers: [
    cipher,
    AdminFactors,
    ChallengeWriter,
    ChallengesRepository,
    CodeChecks,
    Enrolment,
    FactorAcceptance,
    FactorAccess,
    FactorAttemptsRepository,
    FactorChallenges,
    FactorChecks,
    FactorRemoval,
    FactorsRepository,
    ForgottenFactors,
    MfaAttemptHook,
    PhoneChallenges,
    WebauthnChallenges,
    WebauthnChecks,
  ],
  exports: [FactorAccess],
})
export class FactorsModule {}
