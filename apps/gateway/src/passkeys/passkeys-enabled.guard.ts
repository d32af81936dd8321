import { Inject, Injectable, type CanActivate } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

/** Where passkeys are off nothing of them is there, whoever asks. */
@Injectable()
export class PasskeysEnabledGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(): boolean {
    if (!this.settings.passkeys.enabled) throw new AuthError('passkey_disabled', 'Passkeys are disabled');
    return true;
  }
}
