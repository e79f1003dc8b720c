import { isIPv6 } from 'node:net';

/**
 * What an address is counted as: an IPv4 address itself, also where it is written as one of IPv6, and the first 64 bits
 * of any other, since whoever has one of those has all. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const groups = groupsOf(bare);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 6).join() === '0,0,0,0,0,65535')
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** All eight. A URL has no dots in an address of IPv6, and zeroes are left out at one place at most. */
function groupsOf(address: string): readonly number[] {
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = [], after = []] = plain
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const zeroes = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeroes, ...after].map((group) => parseInt(group, 16));
}
