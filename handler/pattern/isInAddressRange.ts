const HEX_DIGIT = /[\dA-F]/;

/**
 * Whether hexadecimal digits lie in a range of addresses, as event-ruler decides: digit by digit,
 * until they are above its first and below its last, whatever follows. So an IPv6 address lies in a
 * range of IPv4 addresses if its first 32 bits do, and so do the decimal digits of a number.
 */
export function isInAddressRange(digits: string, first: string, last: string): boolean {
  let aboveFirst = false;
  let belowLast = false;
  for (let index = 0; index < first.length; index += 1) {
    const digit = digits.charAt(index);
    if (!HEX_DIGIT.test(digit)) return false;
    if (!aboveFirst && digit < first.charAt(index)) return false;
    if (!belowLast && digit > last.charAt(index)) return false;
    aboveFirst ||= digit > first.charAt(index);
    belowLast ||= digit < last.charAt(index);
    if (aboveFirst && belowLast) return true;
  }
  return true;
}
