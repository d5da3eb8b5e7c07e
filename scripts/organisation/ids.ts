import type { Random } from './random.ts';

// What AWS uses, but for one letter: so no id holds EXAMPLE, which marks those of documentation.
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWYZ234567';
const HEX = '0123456789abcdef';

/** An access key of a session, or of an IAM user. */
export const accessKey = (random: Random, prefix: 'ASIA' | 'AKIA'): string =>
  prefix + random.text(BASE_32, 16);

/** The id of a role or of an IAM user. */
export const uniqueId = (random: Random, prefix: 'AROA' | 'AIDA'): string =>
  prefix + random.text(BASE_32, 17);

export const hex = (random: Random, length: number): string => random.text(HEX, length);

export const digits = (random: Random, length: number): string =>
  random.text('123456789', 1) + random.text('0123456789', length - 1);

/** What stands for an identity provider in `userIdentity` of a SAML user. */
export const providerHash = (random: Random): string =>
  `${random.text('ABCDEFGHKLMNPQRSTUabcdefghkmnpqrstu0123456789+/', 27)}=`;

/** An id as of events and requests. */
export function uuid(random: Random): string {
  const variant = random.pick(['8', '9', 'a', 'b']);
  const part = (length: number) => hex(random, length);
  return `${part(8)}-${part(4)}-4${part(3)}-${variant}${part(3)}-${part(12)}`;
}
