import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { samlDisabled } from './saml.errors.js';
import { serviceProvider, type ServiceProvider } from './service-provider.js';

/** Keys and certificates, read when first asked for. */
@Injectable()
export class ServiceProviderRole {
  private known?: ServiceProvider;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  get(): ServiceProvider {
    if (!this.settings.saml.enabled) throw samlDisabled();
    return (this.known ??= serviceProvider(this.settings));
  }
}
