import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { METRICS, NAMESPACE, report } from '../../handler/report.ts';
import { tallyOf } from '../../handler/tally.ts';
import { type Resource, resourcesOfType } from '../../scripts/local/resolveTemplate.ts';
import { type AlarmRule, isAlarming } from './alarmState.ts';
import { resolved, the } from './template.ts';

const template = resolved();
const alarms = resourcesOfType(template, 'AWS::CloudWatch::Alarm');
const rule = ({ properties }: Resource) => properties as unknown as AlarmRule;

/** The one alarm on a metric of a resource. */
function alarmOn(namespace: string, metric: string, dimension: string, value: string): Resource {
  const found = alarms.filter(
    ({ properties }) =>
      properties['Namespace'] === namespace && properties['MetricName'] === metric,
  );
  expect(found, `alarms on ${namespace} ${metric}`).to.have.length(1);
  const [alarm] = found as [Resource];
  expect(alarm.properties['Dimensions']).to.deep.equal([{ Name: dimension, Value: value }]);
  return alarm;
}

/** An alarm that is silent while nothing is reported or nothing is wrong, and speaks at one. */
function expectTroubleCounter(alarm: Resource): void {
  expect(isAlarming(rule(alarm), []), 'no data').to.equal(false);
  expect(isAlarming(rule(alarm), [0, 0]), 'no trouble').to.equal(false);
  expect(isAlarming(rule(alarm), [0, 1, 0]), 'one trouble').to.equal(true);
  // One period of trouble is enough, whether it stays on for longer or not.
  expect(alarm.properties['DatapointsToAlarm'] ?? alarm.properties['EvaluationPeriods']).to.equal(
    1,
  );
}

describe('template.yaml: the alarms', () => {
  const queueName = the(template, 'LogFileQueue').attributes['QueueName'] ?? '';
  const functionName = the(template, 'Handler').physicalId;

  it('speak when a log file is dead-lettered', () => {
    const name = the(template, 'DeadLetterQueue').attributes['QueueName'] ?? '';
    const metric = 'ApproximateNumberOfMessagesVisible';
    const alarm = alarmOn('AWS/SQS', metric, 'QueueName', name);
    expectTroubleCounter(alarm);
    expect(rule(alarm).Statistic).to.equal('Maximum');
  });

  it('speak when log files wait, but not for one that came again once', () => {
    const alarm = alarmOn('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', queueName);
    const visibility = Number(the(template, 'LogFileQueue').properties['VisibilityTimeout']);
    expect(rule(alarm).Statistic).to.equal('Maximum');
    expect(isAlarming(rule(alarm), [])).to.equal(false);
    expect(isAlarming(rule(alarm), [visibility + 60])).to.equal(false);
    expect(isAlarming(rule(alarm), [60 * 60])).to.equal(true);
  });

  it('speak when no log files arrive, which shows as no data at all', () => {
    const alarm = alarmOn('AWS/SQS', 'NumberOfMessagesSent', 'QueueName', queueName);
    expect(rule(alarm).Statistic).to.equal('Sum');
    expect(isAlarming(rule(alarm), [])).to.equal(true);
    expect(isAlarming(rule(alarm), [0])).to.equal(true);
    expect(isAlarming(rule(alarm), [1])).to.equal(false);
    const { Period, EvaluationPeriods } = alarm.properties;
    // A digest comes every hour, not to the minute.
    expect(Number(Period) * Number(EvaluationPeriods)).to.be.within(2 * 3600, 24 * 3600);
  });

  it('speak when the function fails or is throttled', () => {
    for (const metric of ['Errors', 'Throttles']) {
      const alarm = alarmOn('AWS/Lambda', metric, 'FunctionName', functionName);
      expectTroubleCounter(alarm);
      expect(rule(alarm).Statistic).to.equal('Sum');
    }
  });

  it('speak when SNS could not deliver alerts', () => {
    const name = the(template, 'AlertTopic').attributes['TopicName'] ?? '';
    const alarm = alarmOn('AWS/SNS', 'NumberOfNotificationsFailed', 'TopicName', name);
    expectTroubleCounter(alarm);
    expect(rule(alarm).Statistic).to.equal('Sum');
  });

  it('speak of each count that the function reports as a metric, and of no other', () => {
    const own = alarms.filter(({ properties }) => properties['Namespace'] === NAMESPACE);
    expect(own.map(({ properties }) => properties['MetricName'])).to.have.members([...METRICS]);
    const line = JSON.parse(report(tallyOf({ recordsMalformed: 3 }), functionName, 0)) as {
      _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][] }[] };
      [name: string]: unknown;
    };
    const [directive] = line._aws.CloudWatchMetrics;
    const dimension = directive?.Dimensions[0]?.[0] ?? '';
    expect(directive?.Namespace).to.equal(NAMESPACE);
    for (const metric of METRICS) {
      const alarm = alarmOn(NAMESPACE, metric, dimension, String(line[dimension]));
      expectTroubleCounter(alarm);
      expect(rule(alarm).Statistic).to.equal('Sum');
    }
  });

  it('all tell the operations topic when they begin and end, and are no others', () => {
    const topic = the(template, 'OperationsTopic').physicalId;
    for (const { logicalId, properties } of alarms) {
      expect(properties['AlarmActions'], logicalId).to.deep.equal([topic]);
      expect(properties['OKActions'], logicalId).to.deep.equal([topic]);
      expect(properties['ActionsEnabled'], logicalId).to.equal(undefined);
    }
    expect(alarms).to.have.length(6 + METRICS.length); // those above
  });

  it('all speak in time: within minutes, but for silence, which takes hours to be one', () => {
    for (const { logicalId, properties } of alarms) {
      const { Period, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = properties;
      expect(Number(Period) % 60, logicalId).to.equal(0);
      const longest = logicalId === 'NoLogFilesArrivingAlarm' ? 24 * 3600 : 600;
      expect(Number(Period) * Number(DatapointsToAlarm), logicalId).to.be.at.most(longest);
    }
  });

  it('of the watchlist stay on for an hour, because log files, which show it, may be rare', () => {
    for (const metric of METRICS.filter((name) => name.startsWith('watchlist'))) {
      const alarm = alarmOn(NAMESPACE, metric, 'FunctionName', functionName);
      const { Period, EvaluationPeriods } = alarm.properties;
      expect(Number(Period) * Number(EvaluationPeriods), metric).to.be.at.least(3600);
    }
  });

  it('all say in docs/operations.md what to do', () => {
    const docs = readFileSync('docs/operations.md', 'utf8');
    for (const { logicalId, properties } of alarms) {
      expect(String(properties['AlarmDescription']), logicalId).to.include('docs/operations.md');
      expect(docs, `docs/operations.md has no section on ${logicalId}`).to.include(
        `### ${logicalId}`,
      );
    }
  });
});
