/** The fields of an SNS call: flat, as its forms have them. */
export type SnsInput = Readonly<Record<string, string>>;

/** Why SNS refuses a message. */
export interface SnsProblem {
  readonly code: string;
  readonly message: string;
}

const MAX_BYTES = 262_144;

/** What SNS counts: a message with all its copies, and its attributes. */
export function bytesOf(input: SnsInput): number {
  return [
    input['Message'] ?? '',
    ...attributesOf(input).flatMap(({ name, type, value }) => [name, type, value]),
  ]
    .map((text) => Buffer.byteLength(text))
    .reduce((sum, bytes) => sum + bytes, 0);
}

export function isTooLong(inputs: readonly SnsInput[]): boolean {
  return inputs.map(bytesOf).reduce((sum, bytes) => sum + bytes, 0) > MAX_BYTES;
}

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly value: string; // base64 if binary
}

export function attributesOf(input: SnsInput): Attribute[] {
  return Object.entries(input).flatMap(([field, name]) => {
    const place = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(field)?.[1];
    if (place === undefined) return [];
    const valueOf = (part: string) => input[`${place}.Value.${part}`];
    const value = valueOf('StringValue') ?? valueOf('BinaryValue') ?? '';
    return [{ name, type: valueOf('DataType') ?? '', value }];
  });
}

/** The text that subscribers of a protocol receive; undefined if there is none. */
export function copyFor(protocol: string, { MessageStructure, Message }: SnsInput) {
  if (MessageStructure === undefined) return Message;
  const copies = parse(Message);
  return [copies[protocol], copies['default']].find((text) => typeof text === 'string');
}

function parse(json = ''): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Why SNS would refuse a message, as far as its own form goes. */
export function problemOf(input: SnsInput): SnsProblem | undefined {
  const { Message = '', MessageStructure, Subject } = input;
  if (Message === '') return refuse('Invalid parameter: Empty message');
  if (isTooLong([input])) return refuse('Invalid parameter: Message too long');
  if (MessageStructure !== undefined && MessageStructure !== 'json') {
    return refuse('Invalid parameter: MessageStructure');
  }
  if (copyFor('default', input) === undefined) {
    return refuse('Invalid parameter: Message Structure - No default entry in JSON message body');
  }
  if (Subject !== undefined && !isSubject(Subject)) return refuse('Invalid parameter: Subject');
  const empty = attributesOf(input).find(({ value }) => value === '');
  if (empty === undefined) return undefined;
  const message = `The message attribute '${empty.name}' must contain non-empty message attribute value`;
  return refuse(message, 'ParameterValueInvalid');
}

function refuse(message: string, code = 'InvalidParameter'): SnsProblem {
  return { code, message };
}

/** Begins with a letter, digit or (ASCII: any) punctuation; no line breaks or control characters. */
function isSubject(subject: string): boolean {
  const begins = /^[\p{L}\p{N}\p{P}!-/:-@[-`{-~]/u.test(subject);
  return begins && subject.length < 100 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject);
}
