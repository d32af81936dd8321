import type { EmailAction } from '@usher/contracts/messenger/messages.contract';

export interface LinkParts {
  externalUrl: string;
  path: string;
  token: string;
  type: EmailAction;
  redirectTo: string;
}

/**
 * The link of a mail (accounts.md §11.3). The path is resolved as a browser would: an absolute one replaces the path of the external URL. `redirect_to` is
 * escaped only where it must be, as the reference does.
 */
export function buildLink({ externalUrl, path, token, type, redirectTo }: LinkParts): string {
  const target = /[&=#]/.test(redirectTo) ? encodeURIComponent(redirectTo) : redirectTo;
  const url = new URL(path, externalUrl);
  return `${url.origin}${url.pathname}?token=${token}&type=${type}&redirect_to=${target}`;
}
