import { isIPv4, isIPv6 } from 'node:net';
import { compileGlob } from './glob.js';
import { hostname, parseGoUrl, port, type GoUrl } from './go-url.js';

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);
const WEB_HOSTNAME = /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/;

/** Tells whether a client may be sent to a URL (accounts.md §8.2). */
export type RedirectRule = (url: string) => boolean;

/** The rule of a site URL and an allow list, with the patterns compiled once. */
export function redirectRule(siteUrl: string, allowList: readonly string[]): RedirectRule {
  const site = parseGoUrl(siteUrl);
  const patterns = allowList.map(compileGlob);
  return (url) => {
    const target = url ? parseGoUrl(url) : undefined;
    if (!target) return false;
    if (site && isSameSite(target, site)) return true;
    return mayBeListed(target) ?? matches(patterns, url);
  };
}

function isSameSite(target: GoUrl, site: GoUrl): boolean {
  const name = hostname(target);
  if (name !== hostname(site) || target.scheme !== site.scheme) return false;
  return port(target) === port(site) || LOCAL_NAMES.has(name);
}

/** Settles what no pattern may decide; undefined when the patterns may. */
function mayBeListed(target: GoUrl): boolean | undefined {
  const name = hostname(target);
  if (/^[0-9]+$/.test(name)) return false;
  if (isIPv4(name)) return name.startsWith('127.');
  if (isIPv6(name)) return isLoopback6(name);
  const web = target.scheme === 'http' || target.scheme === 'https';
  return web && !WEB_HOSTNAME.test(name) ? false : undefined;
}

function isLoopback6(name: string): boolean {
  const canonical = new URL(`http://[${name.split('%', 1)[0]}]`).hostname;
  return canonical === '[::1]' || canonical.startsWith('[::ffff:7f');
}

/** Against the text as it was given, without its fragment. */
function matches(patterns: readonly RegExp[], url: string): boolean {
  const text = url.split('#', 1)[0]!;
  return patterns.some((pattern) => pattern.test(text));
}
