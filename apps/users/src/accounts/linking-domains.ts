import type { Settings } from '@usher/runtime/settings/settings';

/** Providers that link among themselves only: their addresses do not count as taken (accounts.md §15.3 step 5). */
export function linkingDomains(experimental: Settings['experimental']): string[] {
  return Object.keys(experimental.providerLinkingDomains ?? {});
}
