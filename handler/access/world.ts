import { BlockList, isIP } from 'node:net';

const PRIVATE_V6 = new BlockList();
PRIVATE_V6.addSubnet('fc00::', 7, 'ipv6');
PRIVATE_V6.addSubnet('fe80::', 10, 'ipv6');

/**
 * Whether a network is the world, or so much of it that it stands for the world: two halves are an
 * old way around a look for `/0`. No private network of IPv4 is larger than a `/8`.
 */
export function isWorld(cidr: string): boolean {
  const [, address = '', length] = /^\s*([\d.a-f:]+)\/(\d{1,3})\s*$/i.exec(cidr) ?? [];
  if (isIP(address) === 4) return Number(length) < 8;
  return isIP(address) === 6 && Number(length) < 16 && !PRIVATE_V6.check(address, 'ipv6');
}

/** Whether several networks together are so much of the world. */
export function isWorldTogether(cidrs: readonly string[]): boolean {
  const sizes = cidrs.map((cidr) => {
    const length = /^[\d.]+\/(\d{1,2})$/.exec(cidr.trim())?.[1];
    return length === undefined ? 0 : 2 ** (32 - Number(length));
  });
  return cidrs.some(isWorld) || sizes.reduce((a, b) => a + b, 0) >= 2 ** 25;
}
