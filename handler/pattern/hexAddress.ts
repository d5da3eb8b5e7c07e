const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const LONGEST_IPV4 = 15;
const GROUP = /^0*[\da-f]{1,4}$/i;

/**
 * An IP address written as a literal, as 8 or 32 upper-case hexadecimal digits; undefined for any
 * other text. As event-ruler has it from Java: leading zeros are decimal, an IPv4-mapped IPv6
 * address is its IPv4 address, and no other dotted form is one.
 */
export function hexAddress(text: string): string | undefined {
  if (text.includes(':')) return hexIPv6(text);
  if (text.length > LONGEST_IPV4 || !IPV4.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte <= 0xff)
    ? bytes.map((byte) => hex(byte, 2)).join('')
    : undefined;
}

function hexIPv6(text: string): string | undefined {
  const [left = '', right, ...more] = text.split('::');
  const before = groupsOf(left);
  const after = groupsOf(right ?? '');
  const given = before.length + after.length;
  if (more.length > 0 || (right === undefined ? given !== 8 : given > 7)) return undefined;
  if (![...before, ...after].every((group) => GROUP.test(group))) return undefined;
  const zeros = Array.from({ length: 8 - given }, () => '0');
  const digits = [...before, ...zeros, ...after]
    .map((group) => hex(Number.parseInt(group, 16), 4))
    .join('');
  return digits.startsWith(MAPPED) ? digits.slice(MAPPED.length) : digits;
}

const MAPPED = '00000000000000000000FFFF';

const groupsOf = (part: string) => (part === '' ? [] : part.split(':'));

const hex = (value: number, digits: number) =>
  value.toString(16).toUpperCase().padStart(digits, '0');
