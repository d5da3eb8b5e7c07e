import type { AccountAliases } from './accountAlias.ts';
import { actionOf } from './actionOf.ts';
import type { Alert } from './alert.ts';
import { consoleLink } from './consoleLink.ts';
import { describeAccount, describePrincipal, verdictOf } from './describe.ts';
import { identityOf } from './identityOf.ts';
import { jsonBytes } from './jsonBytes.ts';
import type { LogFileRef } from './logFilesAnnouncedBy.ts';
import type { Match } from './matchRecords.ts';
import { ownOriginator } from './originator/ownOriginator.ts';
import { withAliases } from './originator/withAliases.ts';
import { outcomeOf } from './outcomeOf.ts';
import { present } from './present.ts';
import { principalOf } from './principalOf.ts';
import { cut, printable } from './printable.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { longText, shortText } from './shortText.ts';
import { shownValue } from './shownValue.ts';
import { fillTemplate } from './template.ts';
import { valueAt } from './textAt.ts';

/** What an alert says beyond record and entry. */
export interface AlertContext {
  readonly logFile: LogFileRef;
  readonly accountId: string; // of the log file's key
  readonly aliases: AccountAliases['byAccountId'];
  readonly now: number; // epoch milliseconds
}

/** What an alert says beyond its match, where matches are told together. */
export type Told = Pick<Alert, 'id' | 'thread'> &
  Partial<Pick<Alert, 'group' | 'firstSeen' | 'followsUp' | 'originator'>>;

/** What is told of a match that alerts for itself. */
export function toldAlone({ record, compiled }: Match): Told {
  const id = `${identityOf(record)}/${compiled.entry.id}`;
  return { id, thread: id };
}

/** The alert for one match. Record text is cut to what AWS itself allows, so that it always fits. */
export function buildAlert(match: Match, context: AlertContext, told = toldAlone(match)): Alert {
  const { record, subject, compiled } = match;
  const { entry, show } = compiled;
  const { title, severity, description, runbook, references, tags } = entry;
  const event = eventOf(record);
  const account = accountOf(record, context);
  const principal = principalOf(record);
  const link = consoleLink(record, context.now);
  return {
    schema: 'trailwatch.alert/1',
    id: told.id,
    thread: told.thread,
    ...present({ followsUp: told.followsUp }),
    entry: {
      id: entry.id,
      title,
      severity,
      ...present({ description, runbook, references, tags }),
    },
    summary: summaryOf(match, { event, account, principal }),
    ...(show.length > 0 && {
      show: show.map(({ label, path }) => ({ label, value: shownValue(subject, path) })),
    }),
    event,
    account,
    principal,
    originator: withAliases(
      told.originator ?? ownOriginator(record, subject.isKnownAccount),
      context.aliases,
    ),
    from: present({
      ip: shortText(record, 'sourceIPAddress'),
      userAgent: longText(record, 'userAgent'),
    }),
    ...present({ group: told.group, firstSeen: told.firstSeen }),
    links: {
      ...present({ console: link }),
      logFile: `s3://${context.logFile.bucket}/${context.logFile.key}`,
    },
    published: new Date(context.now).toISOString(),
    // Who reads a follow-up has the record already.
    record: told.followsUp === undefined ? record : { omitted: true, bytes: jsonBytes(record) },
  };
}

function eventOf(record: CloudTrailRecord): Alert['event'] {
  const source = cut(record.eventSource, 256);
  const name = cut(record.eventName, 256);
  return {
    ...present({ id: shortText(record, 'eventID') }),
    action: actionOf(record),
    source,
    name,
    outcome: outcomeOf(record),
    ...present({
      time: shortText(record, 'eventTime'),
      region: shortText(record, 'awsRegion'),
      readOnly: booleanOf(valueAt(record, 'readOnly')),
      errorCode: longText(record, 'errorCode'),
      errorMessage: longText(record, 'errorMessage'),
    }),
  };
}

function accountOf(record: CloudTrailRecord, context: AlertContext): Alert['account'] {
  const id = shortText(record, 'recipientAccountId') ?? context.accountId;
  const { alias, owner, environment, ou } = context.aliases.get(id) ?? {};
  return { ...(id === '' ? {} : { id }), ...present({ alias, owner, environment, ou }) };
}

const VERBS = { succeeded: 'called', denied: 'was denied', failed: 'tried and failed to call' };

const BEGINNINGS = { succeeded: '', denied: 'Denied: ', failed: 'Failed: ' };

function summaryOf(
  { compiled, subject }: Match,
  { event, account, principal }: Pick<Alert, 'event' | 'account' | 'principal'>,
): string {
  const { summary, entry } = compiled;
  if (summary !== undefined) {
    // The entry's words say what was done, unless it watches for failures only.
    const beginning = entry.outcome === 'failure' ? '' : BEGINNINGS[verdictOf(event)];
    return `${beginning}${fillTemplate(summary, subject)}`;
  }
  const who = printable(describePrincipal(principal), 120);
  const what = printable(event.action, 120);
  const where = printable(describeAccount(account), 120);
  return `${who} ${VERBS[verdictOf(event)]} ${what} in account ${where}.`;
}

/** Older records say "true" or "false" as text. */
function booleanOf(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}
