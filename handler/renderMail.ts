import type { Alert } from './alert.ts';
import { describeAccount, verdictOf } from './describe.ts';
import { chainLines, whoText } from './describeOriginator.ts';
import { printable, printableAscii } from './printable.ts';
import { followUpOf, repetitionOf } from './renderRepetition.ts';
import { requestOf } from './requestOf.ts';
import { timesOf } from './timesOf.ts';

export interface RenderedMail {
  readonly subject: string; // at most 99 ASCII characters, begins with a letter, one line
  readonly body: string;
}

/**
 * The alert as a person reads it. Every value is made printable here; nothing of a record reaches
 * the mail in another way.
 * @param timeZone an IANA name; UTC means no second time
 * @param firstSubject of the alert that this one follows up, where it is known
 */
export function renderMail(
  alert: Alert,
  timeZone: string,
  firstSubject = subjectOf(alert),
): RenderedMail {
  const subject = alert.followsUp === undefined ? firstSubject : followUpSubject(firstSubject);
  return { subject, body: bodyOf(alert, timeZone) };
}

/** `Re: ` and the first alert's subject, by which mail programs make one thread of both. */
function followUpSubject(firstSubject: string): string {
  return `Re: ${firstSubject}`.slice(0, SUBJECT_LENGTH);
}

const SUBJECT_LENGTH = 99; // SNS allows fewer than 100

function subjectOf({ entry, event, account, principal, originator, group }: Alert): string {
  const verdict = verdictOf(event);
  const about = group?.countIsAbout === true ? 'about ' : '';
  const times = group === undefined || group.count < 2 ? '' : `${about}${group.count}x `;
  const start = `${entry.severity.toUpperCase()} ${times}`;
  const end = [
    verdict === 'succeeded' ? '' : `, ${verdict}`,
    ` - ${subjectText(account.alias ?? account.id ?? 'unknown', 18)}`,
    ` - ${subjectText(originator.name ?? principal.name, 24)}`,
  ].join('');
  const room = SUBJECT_LENGTH - start.length - end.length;
  return `${start}${subjectText(entry.title, Math.min(48, room))}${end}`;
}

/** No brackets: some mail programs take them for list names, some people for links. */
function subjectText(text: string, max: number): string {
  const plain = printableAscii(text, max)
    .replace(/[[\](){}<>]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return plain === '' ? 'unknown' : plain;
}

function bodyOf(alert: Alert, timeZone: string): string {
  const { entry, event, links } = alert;
  const paragraphs = [
    [followUpOf(alert), printable(alert.summary, 4000)],
    [
      ...whoLines(alert),
      line('Result', resultOf(event)),
      ...objectsOf(alert),
      line('Account', accountOf(alert)),
      line('When', timesOf(event.time, timeZone)),
      line('From', fromOf(alert)),
    ],
    repetitionOf(alert),
    [line('Why', entry.description), list('Check', entry.runbook), list('Read', entry.references)],
    [
      line(
        'Event',
        links.console && `${links.console} (sign in to ${accountId(alert)} first)`,
        500,
      ),
      line('Log file', links.logFile, 1200),
      line('Alert', alert.id, 300),
    ],
  ];
  return `${paragraphs
    .map((lines) => lines.filter((text) => text !== '').join('\n'))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')}\n`;
}

/** What was acted on: as the entry wants it shown, else the request as it is. */
function objectsOf({ show, record }: Alert): string[] {
  if (show === undefined) return [line('Request', requestOf(record), 800)];
  // An entry shows what any of its events may have; of one of them much is empty.
  const there = show.filter(({ value }) => value !== '-');
  const shown = there.length > 0 ? there : show.slice(0, 1);
  return shown.map(({ label, value }) => line(printable(label, 40), value));
}

const INDENT = 9;

function line(label: string, value: string | undefined, max = 2000): string {
  return value === undefined ? '' : labelled(label) + printable(value, max);
}

function list(label: string, values: readonly string[] | undefined): string {
  if (values === undefined) return '';
  const numbered = values.map((value, index) => `${index + 1}. ${printable(value, 500)}`);
  return labelled(label) + numbered.join(`\n${' '.repeat(INDENT)}`);
}

function labelled(label: string): string {
  return label.length < INDENT ? label.padEnd(INDENT) : `${label}  `;
}

/** Who was behind it, and below, how they came to these credentials. */
function whoLines(alert: Alert): string[] {
  const indent = ' '.repeat(INDENT);
  return [
    line('Who', printable(whoText(alert), 900)),
    ...chainLines(alert).map((text) => indent + printable(text, 300)),
  ];
}

function resultOf(event: Alert['event']): string {
  const what = [event.action, event.errorCode].filter((part) => part !== undefined).join(', ');
  const why = event.errorMessage === undefined ? '' : `: ${printable(event.errorMessage, 300)}`;
  return `${verdictOf(event).toUpperCase()}  ${printable(what, 300)}${why}`;
}

function accountOf({ account, event }: Alert): string {
  const name = account.alias === undefined ? `${account.id ?? 'unknown'} (no alias)` : undefined;
  const facts = [account.owner, account.environment, account.ou, event.region];
  return [name ?? describeAccount(account), ...facts]
    .filter((fact) => fact !== undefined)
    .join(', ');
}

function accountId({ account }: Alert): string {
  return account.id ?? 'the account';
}

function fromOf({ from }: Alert): string | undefined {
  const parts = [from.ip, from.userAgent].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : printable(parts.join(', '), 300);
}
