/** Which IP addresses are public. */
import ipaddr from 'ipaddr.js';

/** RFC 4291, 2.4: all global unicast that was ever given out. What is outside of it (::a.b.c.d, fec0::) is no one's on the internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address in its usual notation is one of the public internet: none of the special ranges of IANA (RFC 6890), and no IPv6 address
 * that stands for an IPv4 one (mapped, NAT64, 6to4, Teredo), which would be a way around the ranges of IPv4. False for what is no address.
 */
export function isPublic(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).range() === 'unicast';
  if (!ipaddr.IPv6.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}
