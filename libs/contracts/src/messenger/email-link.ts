import type { EmailAction } from './messages.contract.js';

export interface LinkParts {
  externalUrl: string;
  path: string;
  token: string;
  type: EmailAction;
  redirectTo: string;
}

/**
 * The link of a mail (accounts.md §11.3), also of one that somebody else sends. The path is resolved as a browser would: an absolute one
 * replaces the path of the external URL, a query in it is lost, a fragment stays. `redirect_to` is escaped only where it must be, as the
 * reference does.
 */
export function buildLink({ externalUrl, path, token, type, redirectTo }: LinkParts): string {
  const url = new URL(path, externalUrl);
  const fragment = url.hash;
  url.search = '';
  url.hash = '';
  const target = /[&=#]/.test(redirectTo) ? queryEscape(redirectTo) : redirectTo;
  return `${url.href}?token=${queryEscape(token)}&type=${type}&redirect_to=${target}${fragment}`;
}

/** As forms encode a value: a blank becomes `+`. */
function queryEscape(text: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, percent)
    .replaceAll('%20', '+');
}
