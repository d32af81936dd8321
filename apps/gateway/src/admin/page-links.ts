import { formPairs } from '../http/form.js';
import { encodeForm } from '../redirects/query-escape.js';

export interface PageOf {
  total: number;
  page: number;
  perPage: number;
}

/** `X-Total-Count` and `Link` (RFC 8288) of an offset page; the query's names are sorted, which auth-js relies on (accounts.md §22.2). */
export function pageHeaders(path: string, query: string, { total, page, perPage }: PageOf): Record<string, string> {
  const last = perPage > 0 ? Math.ceil(total / perPage) : 0;
  const links = page < last ? [link(path, query, { page: String(page + 1) }, 'next')] : [];
  links.push(link(path, query, { page: String(last) }, 'last'));
  return { 'x-total-count': String(total), link: links.join(', ') };
}

/** `Link` of a page by cursor; none after the last. */
export function cursorHeaders(path: string, query: string, nextCursor: string | undefined): Record<string, string> {
  return nextCursor ? { link: link(path, query, { cursor: nextCursor }, 'next') } : {};
}

function link(path: string, query: string, set: Record<string, string>, rel: string): string {
  const kept = [...formPairs(query)].filter(([name]) => !Object.hasOwn(set, name));
  return `<${path}?${encodeForm([...kept, ...Object.entries(set)])}>; rel="${rel}"`;
}
