import type { HttpSource } from './options.js';

/** URL of a path of the auth API. `sb_…` keys count below the prefix of the API gateway only, which is added where the URL names no path. */
export function apiUrl({ url, key }: Pick<HttpSource, 'url' | 'key'>, path: string): URL {
  const base = url.replace(/\/+$/, '');
  const prefix = key.startsWith('sb_') && new URL(base).pathname === '/' ? '/auth/v1' : '';
  return new URL(base + prefix + path);
}
