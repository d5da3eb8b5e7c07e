import type { Alert } from './alert.ts';
import { jsonBytes, jsonOf } from './jsonBytes.ts';
import { present } from './present.ts';
import { printable } from './printable.ts';
import { renderMail } from './renderMail.ts';

/** What SNS allows for a message: body with all its copies, and attributes. Also for a batch. */
export const MAX_MESSAGE_BYTES = 262_144;

/** An alert as SNS takes it; the same identity makes it the same message. */
export interface AlertMessage {
  readonly id: string; // the alert's
  readonly subject: string;
  readonly body: string; // MessageStructure json: `default` (the canonical JSON) and `email`
  readonly attributes: Readonly<Record<string, string>>;
  readonly bytes: number; // as SNS counts them
}

/** What a follow-up takes from the alert that it follows. */
export interface First {
  readonly firstSubject?: string; // where it is known
  readonly severity?: Alert['entry']['severity']; // whoever got the alert gets this as well
}

/** Renders an alert within SNS's limits: the record is left out where it would not fit. */
export function renderMessage(
  alert: Alert,
  timeZone: string,
  { firstSubject, severity = alert.entry.severity }: First = {},
): AlertMessage {
  const { subject, body } = renderMail(alert, timeZone, firstSubject);
  const attributes = attributesOf(alert, severity);
  const render = (json: string): AlertMessage => {
    const text = json.replace(NOT_IN_XML, escapeSequence);
    const message = JSON.stringify({ default: text, email: body });
    const bytes = byteLength(message) + byteLength(subject) + attributeBytes(attributes);
    return { id: alert.id, subject, body: message, attributes, bytes };
  };
  const json = jsonOf(alert);
  const whole = json === undefined ? undefined : render(json);
  return whole !== undefined && whole.bytes <= MAX_MESSAGE_BYTES
    ? whole
    : render(
        JSON.stringify({ ...alert, record: { omitted: true, bytes: jsonBytes(alert.record) } }),
      );
}

// Outside of what SQS accepts; the canonical JSON holds them as escapes.
const NOT_IN_XML = /[\ufffe\uffff]/g;

function escapeSequence(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}

/** For filter policies. SNS refuses empty values. */
function attributesOf(
  { entry, account, event }: Alert,
  severity: Alert['entry']['severity'],
): Record<string, string> {
  const { id } = entry;
  const attributes = present({ severity, entry: id, account: account.id, region: event.region });
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, printable(value, 256)]),
  );
}

function attributeBytes(attributes: Readonly<Record<string, string>>): number {
  return Object.entries(attributes)
    .map(([name, value]) => byteLength(name) + byteLength('String') + byteLength(value))
    .reduce((sum, bytes) => sum + bytes, 0);
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
