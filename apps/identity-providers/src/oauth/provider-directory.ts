import { Injectable } from '@nestjs/common';
import { CustomProviderResolver } from '../custom-providers/custom-provider-resolver.js';
import { BuiltInProviders } from './built-in-providers.js';
import type { ResolvedProvider } from './resolved-provider.js';

/** Providers by their names. */
@Injectable()
export class ProviderDirectory {
  constructor(
    private readonly builtIn: BuiltInProviders,
    private readonly custom: CustomProviderResolver,
  ) {}

  resolve(name: string, scopes: string): Promise<ResolvedProvider> {
    return name.startsWith('custom:') ? this.custom.resolve(name, scopes) : this.builtIn.resolve(name, scopes);
  }
}
