/** Where an API gateway in front would mount the server. */
export const PREFIX = '/auth/v1';

/** Grouped paths that also answer with a slash at the end (accounts.md §1.2). */
const WITH_SLASH =
  /^\/(?:signup|verify|user|reauthenticate|admin\/users(?:\/[^/]+)?|admin\/users\/[^/]+\/(?:factors|passkeys)(?:\/[^/]+)?|admin\/audit|factors(?:\/[^/]+)?|passkeys(?:\/[^/]+)?)\/$/;

export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

export function isPrefixed(url: string): boolean {
  return url.startsWith(`${PREFIX}/`);
}

/**
 * What the router gets to see. The router decodes paths, the reference does not: `%` becomes `%25`, so that what is decoded is the text as it was
 * written, and a parameter holds it unchanged.
 */
export function rewritePath(url: string): string {
  const bare = isPrefixed(url) ? url.slice(PREFIX.length) : url;
  const path = pathOf(bare);
  const query = bare.slice(path.length);
  const plain = WITH_SLASH.test(path) ? path.slice(0, -1) : path;
  return (plain.includes('%') ? plain.replaceAll('%', '%25') : plain) + query;
}
