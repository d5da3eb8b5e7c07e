/** The part of an alarm's properties that decides its state. */
export interface AlarmRule {
  readonly Statistic: 'Sum' | 'Maximum';
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly TreatMissingData: string;
}

/** Whether one period's samples put an alarm into its alarm state; none at all: missing data. */
export function isAlarming(rule: AlarmRule, samples: readonly number[]): boolean {
  if (samples.length === 0) return rule.TreatMissingData === 'breaching';
  const value =
    rule.Statistic === 'Sum'
      ? samples.reduce((sum, sample) => sum + sample, 0)
      : Math.max(...samples);
  switch (rule.ComparisonOperator) {
    case 'GreaterThanThreshold':
      return value > rule.Threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= rule.Threshold;
    case 'LessThanThreshold':
      return value < rule.Threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= rule.Threshold;
    default:
      throw new Error(`unknown comparison ${rule.ComparisonOperator}`);
  }
}
