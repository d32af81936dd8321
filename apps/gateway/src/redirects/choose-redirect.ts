import { redirectRule, type RedirectRule } from './allowed-redirects.js';

export interface RedirectSettings {
  /** `GOTRUE_SITE_URL`. */
  readonly url: string;
  /** `GOTRUE_URI_ALLOW_LIST`. */
  readonly uriAllowList: readonly string[];
}

/** Longer ones are refused: with several `**` in a pattern the work grows with a power of the length. */
const MAX_LENGTH = 4096;

const rules = new WeakMap<RedirectSettings, RedirectRule>();

function ruleOf(settings: RedirectSettings): RedirectRule {
  const known = rules.get(settings);
  if (known) return known;
  const rule = redirectRule(settings.url, settings.uriAllowList);
  rules.set(settings, rule);
  return rule;
}

/** The first allowed wish, else the site URL as it is (accounts.md §8.1). What is not allowed is replaced silently. */
export function chooseRedirect(settings: RedirectSettings, wishes: readonly string[]): string {
  return wishes.find((wish) => isAllowedRedirect(settings, wish)) ?? settings.url;
}

/** Whether a client may be sent there (accounts.md §8.2). */
export function isAllowedRedirect(settings: RedirectSettings, url: string): boolean {
  return url !== '' && url.length <= MAX_LENGTH && ruleOf(settings)(url);
}
