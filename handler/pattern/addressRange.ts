import type { Parsed } from '../parseBy.ts';
import { hexAddress } from './hexAddress.ts';

interface AddressRange {
  /** Hexadecimal digits, 8 or 32. */
  readonly first: string;
  readonly last: string;
}

/** The addresses of a network such as `10.0.0.0/8` or `2001:db8::/32`. */
export function addressRange(cidr: string): Parsed<AddressRange> {
  // event-ruler takes slashes at the end, a plus and leading zeros as well.
  const text = cidr.replace(/\/+$/, '');
  const slash = text.indexOf('/');
  const digits = hexAddress(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (digits === undefined || !/^[+-]?\d+$/.test(bits)) {
    return { problems: [`${JSON.stringify(cidr)} is no network, expected ADDRESS/BITS`] };
  }
  const length = digits.length * 4;
  const prefix = Number(bits);
  if (prefix < 0 || prefix >= length) {
    return {
      problems: [`${JSON.stringify(cidr)} is out of range, expected 0 to ${length - 1} bits`],
    };
  }
  const hosts = (1n << BigInt(length - prefix)) - 1n;
  const last = BigInt(`0x${digits}`) | hosts;
  return { value: { first: hex(last ^ hosts, digits.length), last: hex(last, digits.length) } };
}

const hex = (value: bigint, digits: number) =>
  value.toString(16).toUpperCase().padStart(digits, '0');
