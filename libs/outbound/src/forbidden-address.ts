import ipaddr from 'ipaddr.js';

/** What is wrong with an address, in words that fit after "cannot resolve to". */
export type ForbiddenKind =
  | 'loopback addresses'
  | 'private network addresses'
  | 'link-local addresses'
  | 'cloud metadata endpoints'
  | 'multicast addresses'
  | 'unspecified addresses'
  | 'reserved addresses';

const METADATA = new Set(['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254']);

/** ipaddr.js' names of the ranges that the public internet does not route to a stranger's server. */
const KINDS: Readonly<Record<string, ForbiddenKind>> = {
  loopback: 'loopback addresses',
  private: 'private network addresses',
  uniqueLocal: 'private network addresses',
  carrierGradeNat: 'private network addresses',
  linkLocal: 'link-local addresses',
  multicast: 'multicast addresses',
  broadcast: 'multicast addresses',
  unspecified: 'unspecified addresses',
};

/**
 * Why a server must not be made to call this address, or undefined for a public one. IPv4 inside IPv6 (mapped, NAT64, 6to4) counts as what is
 * inside; everything that is not plainly public is refused.
 */
export function forbiddenKind(address: string): ForbiddenKind | undefined {
  const inner = unwrap(ipaddr.parse(address.replace(/%.*$/, '')));
  if (METADATA.has(inner.toString())) return 'cloud metadata endpoints';
  const range = inner.range();
  if (range === 'unicast') return undefined;
  return KINDS[range] ?? 'reserved addresses';
}

/** The IPv4 address that an IPv6 one stands for, where it does. */
function unwrap(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  const embedded = { rfc6052: bytes.slice(12), '6to4': bytes.slice(2, 6) }[address.range() as string];
  return embedded ? new ipaddr.IPv4(embedded) : address;
}
