import { isIP } from 'node:net';

/** The first address of `Sb-Forwarded-For`, when that header is trusted and holds one. */
export function sbForwardedFor(header: string | undefined, trusted: boolean): string | undefined {
  if (!trusted || !header) return undefined;
  const first = header.split(',', 1)[0]!.trim();
  return isIP(first) ? first : undefined;
}

/** Client address as stored on sessions (accounts.md §2.6): the first readable one of `X-Forwarded-For`, else the peer. */
export function clientAddress(sbAddress: string | undefined, forwardedFor: string | undefined, peer: string): string {
  if (sbAddress) return sbAddress;
  const named = forwardedFor?.split(',').map((part) => part.trim());
  return named?.find((part) => isIP(part)) ?? peer.replace(/^::ffff:(?=\d+\.)/, '');
}
