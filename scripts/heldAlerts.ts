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

/** Alerts that wait for the end of a replay, because counts rise until then. */
export interface HeldAlerts {
  /** Takes what one log file made: messages, and the parts of groups that it began. */
  readonly hold: (
    messages: readonly AlertMessage[],
    records: readonly CloudTrailRecord[],
    begun: readonly StateItem[],
  ) => void;
  /** All of them in the order of their first records, each once, with its final count. */
  readonly release: (state: Parameters<typeof finalCounts>[0]) => readonly AlertMessage[];
}

export function heldAlerts(): HeldAlerts {
  const places = placesOf();
  const held: { readonly place: number; readonly message: AlertMessage }[] = [];
  return {
    hold: (messages, records, begun) => {
      places.note(records, begun);
      for (const message of messages) {
        const alert = alertIn(message);
        // A follow-up says again what the final count will say.
        if (alert.followsUp === undefined) held.push({ place: places.placeOf(alert), message });
      }
    },
    release: (state) => {
      const counts = finalCounts(state);
      const sorted = held.toSorted((a, b) => a.place - b.place);
      return sorted.map(({ message }) => withCount(message, counts.get(message.id)));
    },
  };
}

function withCount(message: AlertMessage, final: BucketCount | undefined): AlertMessage {
  const alert = alertIn(message);
  if (final === undefined || alert.group === undefined) return message;
  const { countIsAbout: _about, distinct: _distinct, ...group } = alert.group;
  const counts = {
    ...group,
    count: final.count,
    first: isoSeconds(final.first),
    last: isoSeconds(final.last),
    examples: [...final.examples],
    ...present({
      countIsAbout: final.isAbout ? (true as const) : undefined,
      distinct: final.distinct,
    }),
  };
  return renderMessage({ ...alert, group: counts }, 'UTC');
}

function alertIn(message: AlertMessage): Alert {
  return JSON.parse(copiesOf(message).default) as Alert; // rendered from one
}
