import type { Alert } from '../../handler/alert.ts';
import { chainLines, whoText } from '../../handler/describeOriginator.ts';
import { printable } from '../../handler/printable.ts';
import { generateOrganisation } from './generateOrganisation.ts';
import { watchOrganisation } from './watchOrganisation.ts';

/** Who is named behind the calls of a made-up organisation, and how that compares with the truth. */
export async function showOrganisation(seed: number, uses: number): Promise<string> {
  const organisation = generateOrganisation({ seed, uses });
  const told = await watchOrganisation(organisation, organisation.accounts);
  const counts = { atOnce: 0, later: 0, unresolved: 0, wrong: 0 };
  const resolved: Alert[] = [];
  for (const [eventId, { kind, name }] of organisation.truth) {
    const messages = told.get(eventId) ?? [];
    const last = messages.at(-1);
    if (last === undefined || last.originator.status === 'unresolved') counts.unresolved += 1;
    else if (last.originator.kind !== kind || last.originator.name !== name) counts.wrong += 1;
    else counts[messages.length > 1 ? 'later' : 'atOnce'] += 1;
    if (last?.originator.status === 'resolved') resolved.push(last);
  }
  // The longest chain of a person, of a workload, ...
  const byLength = resolved.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  const kinds = Map.groupBy(byLength, ({ originator }) => originator.kind);
  const shown = [...kinds.values()].flatMap(([longest]) => longest ?? []);
  const { atOnce, later, unresolved, wrong } = counts;
  return [
    ...shown.flatMap((alert) => [
      `${alert.event.action} by ${printable(whoText(alert), 300)}`,
      ...chainLines(alert).map((line) => `    ${printable(line, 200)}`),
    ]),
    `${uses} calls: ${atOnce} named at once, ${later} in a follow-up, ${unresolved} not, ${wrong} wrongly`,
  ].join('\n');
}

function lengthOf({ originator }: Alert): number {
  return originator.chain?.length ?? 0;
}
