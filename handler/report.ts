import type { Tally } from './tally.ts';

/** CloudWatch's namespace for the counts that have alarms. */
export const NAMESPACE = 'Trailwatch';

/** The only counts that become custom metrics, because each costs; all are fields of the line. */
export const METRICS = [
  'recordsMalformed',
  'watchlistEntriesRefused',
  'watchlistEmpty',
  'watchlistRefreshesFailed',
] as const satisfies readonly (keyof Tally)[];

/**
 * One line in CloudWatch's embedded metric format. A metric is named only when it is not zero:
 * an hour without a sample of it costs nothing, and its alarm treats missing data as fine.
 * @param now epoch milliseconds
 * @param functionName the dimension that tells two stacks of one account apart
 */
export function report(tally: Tally, functionName: string, now: number): string {
  const metrics = METRICS.filter((name) => tally[name] > 0);
  return JSON.stringify({
    level: 'info',
    message: 'report',
    ...(metrics.length > 0 && { _aws: directive(metrics, now) }),
    FunctionName: functionName,
    ...tally,
  });
}

function directive(metrics: readonly string[], now: number): object {
  return {
    Timestamp: now,
    CloudWatchMetrics: [
      {
        Namespace: NAMESPACE,
        Dimensions: [['FunctionName']],
        Metrics: metrics.map((name) => ({ Name: name, Unit: 'Count' })),
      },
    ],
  };
}
