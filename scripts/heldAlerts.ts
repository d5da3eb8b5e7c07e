import type { Alert } from '../handler/alert.ts';
import { isoSeconds } from '../handler/eventSeconds.ts';
import type { BucketCount } from '../handler/grouping/judge.ts';
import type { StateItem } from '../handler/ports.ts';
import { present } from '../handler/present.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { type AlertMessage, renderMessage } from '../handler/renderMessage.ts';
import { finalCounts } from './finalCounts.ts';
import { placesOf } from './placesOf.ts';
import { copiesOf } from './showAlert.ts';

/**
 * Alerts that wait for the end of a replay: until then counts rise, and it may become known who was
 * behind one.
 */
export interface HeldAlerts {
  /** Takes what one log file made: messages, and the parts of groups that it began. */
  readonly hold: (
    messages: readonly AlertMessage[],
    records: readonly CloudTrailRecord[],
    begun: readonly StateItem[],
  ) => void;
  /** All of them in the order of their first records, each once, with what is known in the end. */
  readonly release: (state: Parameters<typeof finalCounts>[0]) => readonly AlertMessage[];
}

export function heldAlerts(): HeldAlerts {
  const places = placesOf();
  const held: { readonly place: number; readonly message: AlertMessage }[] = [];
  const named = new Map<string, Alert>(); // follow-ups that name an originator
  return {
    hold: (messages, records, begun) => {
      places.note(records, begun);
      for (const message of messages) {
        const alert = alertIn(message);
        // A follow-up on a count says again what the final count will say.
        if (alert.followsUp === undefined) held.push({ place: places.placeOf(alert), message });
        else if (alert.followsUp.why === 'originator') named.set(alert.id, alert);
      }
    },
    release: (state) => {
      const counts = finalCounts(state);
      const sorted = held.toSorted((a, b) => a.place - b.place);
      return sorted.map(({ message }) =>
        inTheEnd(message, counts.get(message.id), named.get(message.id)),
      );
    },
  };
}

function inTheEnd(
  message: AlertMessage,
  count: BucketCount | undefined,
  named: Alert | undefined,
): AlertMessage {
  const alert = alertIn(message);
  const group = alert.group && count && withCount(alert.group, count);
  if (group === undefined && named === undefined) return message;
  return renderMessage({ ...alert, ...present({ group }), ...(named && known(named)) }, 'UTC');
}

/** What a follow-up that names an originator says anew. */
function known({ originator, entry, followsUp }: Alert): Partial<Alert> {
  const isExplained = followsUp?.why === 'originator' && followsUp.explainedBy !== undefined;
  return isExplained ? { originator, entry, followsUp } : { originator };
}

function withCount(
  { countIsAbout: _about, distinct: _distinct, ...group }: NonNullable<Alert['group']>,
  { count, first, last, examples, isAbout, distinct }: BucketCount,
): NonNullable<Alert['group']> {
  return {
    ...group,
    count,
    first: isoSeconds(first),
    last: isoSeconds(last),
    examples: examples.map(({ identity: _identity, ...example }) => example),
    ...present({ countIsAbout: isAbout ? (true as const) : undefined, distinct }),
  };
}

function alertIn(message: AlertMessage): Alert {
  return JSON.parse(copiesOf(message).default) as Alert; // rendered from one
}
