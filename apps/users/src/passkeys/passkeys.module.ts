import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { FactorsModule } from '../factors/factors.module.js';
import { WebauthnModule } from '../webauthn/webauthn.module.js';
import { PasskeyCeremonies } from './passkey-ceremonies.service.js';
import { PasskeyChallengesRepository } from './passkey-challenges.repository.js';
import { PasskeyRegistration } from './passkey-registration.service.js';
import { PasskeySignIn } from './passkey-sign-in.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysRpc } from './passkeys.rpc.js';
import { PasskeysService } from './passkeys.service.js';

@Module({
  imports: [AccountRowsModule, AccountsModule, FactorsModule, WebauthnModule],
  controllers: [PasskeysRpc],
  providers: [
    PasskeyCeremonies,
    PasskeyChallengesRepository,
    PasskeyRegistration,
    PasskeySignIn,
    PasskeysRepository,
    PasskeysService,
  ],
})
export class PasskeysModule {}
