import type { NamedLists } from '../../../handler/pattern/namedLists.ts';
import type { Subject } from '../../../handler/pattern/subject.ts';

interface Context {
  readonly subject: Subject;
  readonly lists: NamedLists;
}

/** Whether a condition holds for a scalar, by the plainest reading; those of a record aside. */
export function holds(condition: unknown, value: unknown, context: Context): boolean {
  if (typeof condition !== 'object' || condition === null) {
    return condition === value || isSameAddress(condition, value);
  }
  const [[operator, operand] = ['nothing']] = Object.entries(condition);
  switch (operator) {
    case 'exists':
      return true;
    case 'anything-but':
      return !isExcepted(operand, value, context);
    case 'numeric':
      return typeof value === 'number' && Number.isFinite(value) && isInRange(operand, value);
    case 'list': // known-accounts: the others are unfolded
      return typeof value === 'string' && context.subject.isKnownAccount(value);
    case 'cidr':
      return isInNetwork(String(operand), value);
    default:
      return typeof value === 'string' && isText(operator, operand, `"${value}"`);
  }
}

function isExcepted(operand: unknown, value: unknown, context: Context): boolean {
  const name = partOf(operand, 'list');
  if (name === 'known-accounts') return holds(operand, value, context);
  if (name !== undefined) return listOf(name, context.lists).includes(value);
  if (typeof operand !== 'object' || operand === null) return operand === value;
  if (Array.isArray(operand)) return operand.includes(value);
  return Object.entries(operand).some(([operator, texts]) =>
    [texts].flat().some((text) => holds({ [operator]: text }, value, context)),
  );
}

function isInRange(operand: unknown, value: number): boolean {
  const [operator, bound, ...rest] = [operand].flat();
  const limit = Number(bound);
  const holdsHere =
    (operator === '<' && value < limit) ||
    (operator === '<=' && value <= limit) ||
    (operator === '=' && value === limit) ||
    (operator === '>=' && value >= limit) ||
    (operator === '>' && value > limit);
  return holdsHere && (rest.length === 0 || isInRange(rest, value));
}

/** The conditions on text, in quotes: to event-ruler the last one belongs to a prefix's text. */
function isText(operator: string, operand: unknown, text: string): boolean {
  const ignoring = partOf(operand, 'equals-ignore-case');
  const wanted = String(operand);
  switch (operator) {
    case 'prefix':
      if (typeof ignoring !== 'string') return text.startsWith(`"${wanted}`);
      return new RegExp(`^"${anyCase(ignoring)}`).test(text);
    case 'suffix':
      if (typeof ignoring !== 'string') return text.endsWith(`${wanted}"`);
      return new RegExp(`${anyCase(ignoring)}"$`).test(text);
    case 'equals-ignore-case':
      return new RegExp(`^"${anyCase(wanted)}"$`).test(text);
    case 'wildcard':
      return wildcard(wanted).test(text);
    case 'wildcard-ignore-case':
      return wildcard(wanted.toLowerCase()).test(text.toLowerCase());
    default:
      throw new Error(`no such operator: ${operator}`);
  }
}

const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Each half character in upper and lower case, as event-ruler does: `ß` also `SS`, an emoji `??`. */
const anyCase = (text: string) =>
  text
    .split('')
    .map((one) => {
      const [upper, lower] = [one.toUpperCase(), one.toLowerCase()].map(literal);
      if (!one.isWellFormed()) return literal('?');
      return upper === lower ? upper : `(?:${upper}|${lower})`;
    })
    .join('');

function wildcard(text: string): RegExp {
  const parts = text.match(/\\.|[^\\]/gs) ?? [];
  const expressions = parts.map((part) =>
    part === '*' ? '.*' : literal(part.startsWith('\\') ? part.slice(1) : part),
  );
  return new RegExp(`^"${expressions.join('')}"$`, 's');
}

function isInNetwork(network: string, value: unknown): boolean {
  const [base = '', length] = network.split('/');
  const digits = digitsOf(base);
  if (digits === undefined) throw new Error(`no such network: ${network}`);
  const bits = binary(
    digits.split('').map((digit) => Number.parseInt(digit, 16)),
    4,
  );
  const prefix = bits.slice(0, Number(length));
  const [first, last] = ['0', '1'].map((rest) => hex(prefix.padEnd(bits.length, rest)));
  return isBetween(first ?? '', last ?? '', value);
}

/** To event-ruler a string that is an address is that address, however it is written. */
function isSameAddress(condition: unknown, value: unknown): boolean {
  const digits = typeof condition === 'string' ? digitsOf(condition) : undefined;
  return digits !== undefined && isBetween(digits, digits, value);
}

/**
 * As event-ruler compares: digit by digit from the left, until one lies between those of the
 * bounds, or theirs end; whether IPv4 or IPv6, or a number, which it takes for hex digits.
 */
function isBetween(first: string, last: string, value: unknown): boolean {
  const digits = typeof value === 'string' ? digitsOf(value) : String(value);
  if (typeof value === 'boolean' || value === null || digits === undefined) return false;
  const start = digits.slice(0, first.length);
  if (start.length === first.length) return first <= start && start <= last;
  return first.slice(0, start.length) < start && start < last.slice(0, start.length);
}

/** An address as hex digits: 8 for IPv4, also when written as IPv6 (::ffff:0:0/96), else 32. */
function digitsOf(address: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) {
    const numbers = address.split('.').map(Number);
    return numbers.every((number) => number < 256) ? hex(binary(numbers, 8)) : undefined;
  }
  if (!/^[\da-f:]*:[\da-f:]*$/i.test(address)) return undefined;
  const halves = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = halves;
  const missing = 8 - halves.flat().length;
  if (halves.length > 2 || missing < 0 || (missing === 0) !== (halves.length === 1)) {
    return undefined;
  }
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  const numbers = groups.map((group) => (group === '' ? Number.NaN : Number.parseInt(group, 16)));
  if (!numbers.every((number) => number < 65_536)) return undefined;
  const digits = hex(binary(numbers, 16));
  return /^0{20}FFFF/.test(digits) ? digits.slice(24) : digits;
}

const binary = (numbers: readonly number[], width: number) =>
  numbers.map((number) => number.toString(2).padStart(width, '0')).join('');

const hex = (bits: string) =>
  (bits.match(/.{4}/g) ?? [])
    .map((digit) => Number.parseInt(digit, 2).toString(16).toUpperCase())
    .join('');

/** The conditions of a named list. */
export function listOf(name: unknown, lists: NamedLists): readonly unknown[] {
  const list = lists.get(String(name));
  if (list === undefined) throw new Error(`no such list: ${String(name)}`);
  return list;
}

/** What an object holds under a name of its own. */
export function partOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([own]) => own === name)?.[1];
}
