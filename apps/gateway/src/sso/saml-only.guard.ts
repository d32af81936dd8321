import { Inject, Injectable, UseGuards, type CanActivate } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

@Injectable()
export class SamlOnlyGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(): boolean {
    if (!this.settings.saml.enabled) throw new AuthError('saml_provider_disabled', 'SAML 2.0 is disabled');
    return true;
  }
}

/** The route is there only while SAML is switched on; asked before its limit. */
export const SamlOnly = () => UseGuards(SamlOnlyGuard);
