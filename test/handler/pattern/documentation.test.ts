import { expect } from 'chai';
import { compilePattern } from '../../../handler/pattern/compilePattern.ts';
import { parsePattern } from '../../../handler/pattern/parsePattern.ts';
import type { Subject } from '../../../handler/pattern/subject.ts';
import { naiveMatch } from './naivePattern.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Example {
  readonly pattern: Fields;
  readonly matching: readonly Fields[];
  readonly others: readonly Fields[];
}

// The examples that EventBridge's user guide and event-ruler's introduction give, page by page.
// Where only one side is given, the other is ours.

const STATE_CHANGE = 'EC2 Instance State-change Notification';

const ec2Event = (detail: Fields = {}, fields: Fields = {}): Fields => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': STATE_CHANGE,
  source: 'aws.ec2',
  account: '111122223333',
  time: '2017-12-22T18:43:48Z',
  region: 'us-west-1',
  resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'],
  detail: { 'instance-id': 'i-1234567890abcdef0', state: 'terminated', ...detail },
  ...fields,
});

const autoScalingEvent = (detail: Fields = {}): Fields => ({
  version: '0',
  id: '3e3c153a-8339-4e30-8c35-687ebef853fe',
  'detail-type': 'EC2 Instance Launch Successful',
  source: 'aws.autoscaling',
  account: '123456789012',
  time: '2015-11-11T21:31:47Z',
  region: 'us-east-1',
  resources: [],
  detail: { eventVersion: '', responseElements: null, ...detail },
});

const macieEvent = (score: unknown, risk: unknown): Fields => ({
  'detail-type': 'Macie Alert',
  source: 'aws.macie',
  detail: {
    'notification-type': 'ALERT_CREATED',
    tags: ['Custom_Alert', 'Insider'],
    'risk-score': score,
    trigger: { 'alert-type': 'basic', risk },
  },
});

/** The event of event-ruler's introduction. */
const counts = (detail: Fields = {}, fields: Fields = {}): Fields =>
  ec2Event(
    { 'c-count': 5, 'd-count': 3, 'x-limit': 301.8, 'source-ip': '10.0.0.33', ...detail },
    { time: '2017-10-02T16:24:49Z', ...fields },
  );

const detail = (fields: Fields): Fields => ({ detail: fields });
const instance = (account: string) => `arn:aws:ec2:us-east-1:${account}:instance/i-b188560f`;
const apiCall = (source: string, eventName: string): Fields => ({
  'detail-type': 'AWS API Call via CloudTrail',
  source,
  detail: { eventName },
});
const employees = [
  { firstName: 'John', lastName: 'Doe' },
  { firstName: 'Anna', lastName: 'Smith' },
  { firstName: 'Peter', lastName: 'Jones' },
];

const pages: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  'Event patterns': {
    'terminated instances': {
      pattern: {
        source: ['aws.ec2'],
        'detail-type': [STATE_CHANGE],
        detail: { state: ['terminated'] },
      },
      matching: [ec2Event()],
      others: [
        ec2Event({ state: 'running' }),
        ec2Event({}, { source: 'aws.ecs' }),
        ec2Event({}, { 'detail-type': 'EC2 Instance Launch Successful' }),
        { source: 'aws.ec2', 'detail-type': STATE_CHANGE, state: 'terminated' },
      ],
    },
    'one of several values': {
      pattern: { source: ['aws.ec2', 'aws.fargate'] },
      matching: [{ source: 'aws.ec2' }, { source: 'aws.fargate' }],
      others: [{ source: 'aws.ecs' }, { source: 'AWS.EC2' }, { source: 'aws.ec2 ' }, {}],
    },
    'a field that is null': {
      pattern: {
        source: ['aws.autoscaling'],
        'detail-type': ['EC2 Instance Launch Successful'],
        detail: { responseElements: [null] },
      },
      matching: [autoScalingEvent()],
      others: [
        autoScalingEvent({ responseElements: 'null' }),
        autoScalingEvent({ responseElements: {} }),
      ],
    },
    'numbers at two depths': {
      pattern: {
        source: ['aws.macie'],
        'detail-type': ['Macie Alert'],
        detail: { 'risk-score': [80], trigger: { risk: [8] } },
      },
      matching: [macieEvent(80, 8)],
      others: [macieEvent(80, 7), macieEvent(8, 80), macieEvent('80', 8), macieEvent(80, '8')],
    },
    // The guide says that 300, 300.0 and 3.0e2 differ; event-ruler says that they are equal.
    'numbers however written': {
      pattern: detail({ limit: [300] }),
      matching: [
        JSON.parse('{"detail":{"limit":300.0}}'),
        JSON.parse('{"detail":{"limit":3.0e2}}'),
      ],
      others: [detail({ limit: '300' }), detail({ limit: 300.1 })],
    },
    'a key given twice, where the last one counts': {
      pattern: JSON.parse(
        '{"detail":{"location":[{"prefix":"us-"}],"location":[{"anything-but":"us-east"}]}}',
      ),
      matching: [detail({ location: 'eu-west' }), detail({ location: 'us-west' })],
      others: [detail({ location: 'us-east' }), detail({})],
    },
  },

  'Null values and empty strings': {
    'an empty string': {
      pattern: detail({ eventVersion: [''] }),
      matching: [autoScalingEvent()],
      others: [autoScalingEvent({ eventVersion: null }), autoScalingEvent({ eventVersion: ' ' })],
    },
    null: {
      pattern: detail({ responseElements: [null] }),
      matching: [autoScalingEvent()],
      others: [autoScalingEvent({ responseElements: '' }), detail({})],
    },
  },

  Arrays: {
    'two arrays that share a value': {
      pattern: {
        resources: [instance('123456789012'), instance('111122223333'), instance('444455556666')],
      },
      matching: [
        { resources: ['arn:aws:autoscaling:us-east-1:123456789012:x', instance('123456789012')] },
        { resources: instance('444455556666') },
        { resources: [[instance('111122223333')]] },
      ],
      others: [
        { resources: ['arn:aws:autoscaling:us-east-1:123456789012:x'] },
        { resources: [] },
        { resources: [instance('555566667777')] },
      ],
    },
    'an object of an array': {
      pattern: { employees: { firstName: ['Anna'] } },
      matching: [{ employees }, { employees: [employees.slice(0, 2), employees.slice(2)] }],
      others: [{ employees: employees.slice(2) }, { employees: [] }],
    },
    'two fields of one object of an array': {
      pattern: { employees: { firstName: ['Anna'], lastName: ['Smith'] } },
      matching: [{ employees }, { employees: [employees.slice(0, 2), employees.slice(2)] }],
      others: [{ employees: [employees[0], employees[2]] }],
    },
    'fields of two objects of an array, which do not match': {
      pattern: { employees: { firstName: ['Anna'], lastName: ['Jones'] } },
      matching: [{ employees: [...employees, { firstName: 'Anna', lastName: 'Jones' }] }],
      others: [{ employees }, { employees: [employees.slice(0, 2), employees.slice(2)] }],
    },
  },

  'Comparison operators, the table': {
    and: {
      pattern: { Location: ['New York'], Day: ['Monday'] },
      matching: [{ Location: 'New York', Day: 'Monday' }],
      others: [{ Location: 'New York', Day: 'Sunday' }, { Location: 'New York' }],
    },
    'anything-but': {
      pattern: { state: [{ 'anything-but': 'initializing' }] },
      matching: [{ state: 'running' }, { state: 'INITIALIZING' }, { state: null }, { state: 1 }],
      others: [{ state: 'initializing' }, { state: ['initializing'] }, { state: {} }, {}],
    },
    'anything-but, begins with': {
      pattern: { Region: [{ 'anything-but': { prefix: 'us-' } }] },
      matching: [{ Region: 'eu-west-1' }, { Region: 'xus-' }],
      others: [{ Region: 'us-east-1' }, {}],
    },
    'anything-but, ends with': {
      pattern: { FileName: [{ 'anything-but': { suffix: '.png' } }] },
      matching: [{ FileName: 'a.jpg' }, { FileName: '.png.jpg' }],
      others: [{ FileName: 'a.png' }, {}],
    },
    'anything-but, whatever the case': {
      pattern: { state: [{ 'anything-but': { 'equals-ignore-case': 'initializing' } }] },
      matching: [{ state: 'running' }],
      others: [{ state: 'initializing' }, { state: 'INITIALIZING' }, { state: 'Initializing' }],
    },
    'anything-but with a wildcard': {
      pattern: { FilePath: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
      matching: [{ FilePath: '/usr/bin/tool' }, { FilePath: 'lib/a' }],
      others: [{ FilePath: '/usr/lib/tool' }, { FilePath: '/lib/' }],
    },
    'begins with': {
      pattern: { Region: [{ prefix: 'us-' }] },
      matching: [{ Region: 'us-east-1' }, { Region: 'us-' }],
      others: [{ Region: 'eu-us-' }, { Region: 'US-east-1' }, { Region: null }],
    },
    'begins with, whatever the case': {
      pattern: { service: [{ prefix: { 'equals-ignore-case': 'eventb' } }] },
      matching: [{ service: 'EventBridge' }, { service: 'eventbus' }, { service: 'EVENTB' }],
      others: [{ service: 'event' }, { service: 'myEventBridge' }],
    },
    empty: {
      pattern: { LastName: [''] },
      matching: [{ LastName: '' }],
      others: [{ LastName: null }, { LastName: 'x' }, {}],
    },
    equals: {
      pattern: { Name: ['Alice'] },
      matching: [{ Name: 'Alice' }],
      others: [{ Name: 'alice' }, { Name: 'Alice ' }],
    },
    'equals, whatever the case': {
      pattern: { Name: [{ 'equals-ignore-case': 'alice' }] },
      matching: [{ Name: 'Alice' }, { Name: 'aLICE' }],
      others: [{ Name: 'Alic' }, { Name: 'Malice' }],
    },
    'ends with': {
      pattern: { FileName: [{ suffix: '.png' }] },
      matching: [{ FileName: 'a.png' }, { FileName: '.png' }],
      others: [{ FileName: 'a.PNG' }, { FileName: 'a.png.gz' }],
    },
    'ends with, whatever the case': {
      pattern: { service: [{ suffix: { 'equals-ignore-case': 'tBridge' } }] },
      matching: [{ service: 'EventBridge' }, { service: 'EVENTBRIDGE' }],
      others: [{ service: 'EventBridges' }, { service: 'Bridge' }],
    },
    'exists and does not': {
      pattern: { ProductName: [{ exists: true }], Discount: [{ exists: false }] },
      matching: [{ ProductName: 'x' }, { ProductName: '' }, { ProductName: null }],
      others: [{ ProductName: 'x', Discount: null }, { Discount: 1 }, {}],
    },
    not: {
      pattern: { Weather: [{ 'anything-but': ['Raining'] }] },
      matching: [{ Weather: 'Sunny' }],
      others: [{ Weather: 'Raining' }],
    },
    null: {
      pattern: { UserID: [null] },
      matching: [{ UserID: null }],
      others: [{ UserID: '' }, { UserID: 0 }, {}],
    },
    'numeric, equals': {
      pattern: { Price: [{ numeric: ['=', 100] }] },
      matching: [{ Price: 100 }],
      others: [{ Price: 100.5 }, { Price: '100' }],
    },
    'numeric, range': {
      pattern: { Price: [{ numeric: ['>', 10, '<=', 20] }] },
      matching: [{ Price: 10.5 }, { Price: 20 }],
      others: [{ Price: 10 }, { Price: 20.01 }, { Price: '15' }],
    },
    or: {
      pattern: { PaymentType: ['Credit', 'Debit'] },
      matching: [{ PaymentType: 'Credit' }, { PaymentType: 'Debit' }],
      others: [{ PaymentType: 'Cash' }],
    },
    'or, several fields': {
      pattern: { $or: [{ Location: ['New York'] }, { Day: ['Monday'] }] },
      matching: [{ Location: 'New York', Day: 'Sunday' }, { Day: 'Monday' }],
      others: [{ Location: 'Boston', Day: 'Sunday' }, {}],
    },
    wildcard: {
      pattern: { FileName: [{ wildcard: 'dir/*.png' }] },
      matching: [{ FileName: 'dir/a.png' }, { FileName: 'dir/.png' }, { FileName: 'dir/b/c.png' }],
      others: [{ FileName: 'a/dir/a.png' }, { FileName: 'dir/a.png.gz' }, { FileName: 'dir/png' }],
    },
  },

  'Comparison operators, one by one': {
    prefix: {
      pattern: { time: [{ prefix: '2017-10-02' }] },
      matching: [{ time: '2017-10-02T18:43:48Z' }],
      others: [{ time: '2017-10-03T18:43:48Z' }, { time: 20171002 }],
    },
    'prefix, whatever the case': {
      pattern: detail({ service: [{ prefix: { 'equals-ignore-case': 'EventB' } }] }),
      matching: [detail({ service: 'EVENTBRIDGE' }), detail({ service: 'eventb' })],
      others: [detail({ service: 'eventa' })],
    },
    'suffix, whatever the case': {
      pattern: detail({ FileName: [{ suffix: { 'equals-ignore-case': '.png' } }] }),
      matching: [detail({ FileName: 'a.PNG' }), detail({ FileName: 'a.png' })],
      others: [detail({ FileName: 'a.pn' })],
    },
    'anything-but a number': {
      pattern: detail({ 'x-limit': [{ 'anything-but': 123 }] }),
      matching: [detail({ 'x-limit': 124 }), detail({ 'x-limit': '123' })],
      others: [detail({ 'x-limit': 123 }), detail({})],
    },
    'anything-but a list of strings': {
      pattern: detail({ state: [{ 'anything-but': ['stopped', 'overloaded'] }] }),
      matching: [detail({ state: 'running' }), detail({ state: ['stopped', 'running'] })],
      others: [detail({ state: 'stopped' }), detail({ state: ['overloaded', 'stopped'] })],
    },
    'anything-but a list of numbers': {
      pattern: detail({ 'x-limit': [{ 'anything-but': [100, 200, 300] }] }),
      matching: [detail({ 'x-limit': 301.8 }), detail({ 'x-limit': null })],
      others: [detail({ 'x-limit': 200 }), detail({ 'x-limit': 300 })],
    },
    'anything-but a list, whatever the case': {
      pattern: detail({
        state: [{ 'anything-but': { 'equals-ignore-case': ['initializing', 'stopped'] } }],
      }),
      matching: [detail({ state: 'running' })],
      others: [detail({ state: 'Stopped' }), detail({ state: 'INITIALIZING' })],
    },
    'anything-but a prefix': {
      pattern: detail({ state: [{ 'anything-but': { prefix: 'init' } }] }),
      matching: [detail({ state: 'running' })],
      others: [detail({ state: 'initializing' }), detail({ state: 'init' })],
    },
    'anything-but several prefixes': {
      pattern: detail({ state: [{ 'anything-but': { prefix: ['init', 'error'] } }] }),
      matching: [detail({ state: 'running' }), detail({ state: 'no error' })],
      others: [detail({ state: 'initializing' }), detail({ state: 'errors' })],
    },
    'anything-but a suffix': {
      pattern: detail({ FileName: [{ 'anything-but': { suffix: '.txt' } }] }),
      matching: [detail({ FileName: 'a.rtf' })],
      others: [detail({ FileName: 'a.txt' })],
    },
    'anything-but several suffixes': {
      pattern: detail({ FileName: [{ 'anything-but': { suffix: ['.txt', '.rtf'] } }] }),
      matching: [detail({ FileName: 'a.doc' })],
      others: [detail({ FileName: 'a.txt' }), detail({ FileName: 'a.rtf' })],
    },
    'anything-but several wildcards': {
      pattern: detail({ FilePath: [{ 'anything-but': { wildcard: ['*/lib/*', '*/bin/*'] } }] }),
      matching: [detail({ FilePath: '/etc/tool' })],
      others: [detail({ FilePath: '/usr/lib/tool' }), detail({ FilePath: '/usr/bin/tool' })],
    },
    'numeric, three fields': {
      pattern: detail({
        'c-count': [{ numeric: ['>', 0, '<=', 5] }],
        'd-count': [{ numeric: ['<', 10] }],
        'x-limit': [{ numeric: ['=', 3.018e2] }],
      }),
      matching: [counts()],
      others: [
        counts({ 'c-count': 0 }),
        counts({ 'c-count': 6 }),
        counts({ 'd-count': 10 }),
        counts({ 'x-limit': 301.81 }),
        counts({ 'x-limit': '301.8' }),
      ],
    },
    'an IPv4 network': {
      pattern: detail({ sourceIPAddress: [{ cidr: '10.0.0.0/24' }] }),
      matching: [
        detail({ sourceIPAddress: '10.0.0.0' }),
        detail({ sourceIPAddress: '10.0.0.123' }),
        detail({ sourceIPAddress: '10.0.0.255' }),
      ],
      others: [
        detail({ sourceIPAddress: '10.0.1.0' }),
        detail({ sourceIPAddress: '9.255.255.255' }),
        detail({ sourceIPAddress: 'ec2.amazonaws.com' }),
        detail({ sourceIPAddress: '10.0.0.256' }),
      ],
    },
    'an IPv6 network': {
      pattern: detail({ sourceIPAddress: [{ cidr: '2001:db8:1234::/48' }] }),
      matching: [
        detail({ sourceIPAddress: '2001:db8:1234:1a00::' }),
        detail({ sourceIPAddress: '2001:0DB8:1234:ffff:ffff:ffff:ffff:ffff' }),
      ],
      others: [
        detail({ sourceIPAddress: '2001:db8:1235::' }),
        detail({ sourceIPAddress: '10.0.0.1' }),
      ],
    },
    exists: {
      pattern: detail({ state: [{ exists: true }] }),
      matching: [ec2Event({ state: 'pending' }), detail({ state: null }), detail({ state: '' })],
      others: [
        detail({ 'c-count': { c1: 100 } }),
        detail({ state: { code: 16 } }),
        detail({ state: [] }),
      ],
    },
    'does not exist': {
      pattern: detail({ 'c-count': [{ exists: false }] }),
      matching: [ec2Event(), ec2Event({ 'c-count': { c1: 100 } }), {}],
      others: [counts(), detail({ 'c-count': null })],
    },
    'equals, whatever the case': {
      pattern: { 'detail-type': [{ 'equals-ignore-case': STATE_CHANGE.toLowerCase() }] },
      matching: [ec2Event()],
      others: [{ 'detail-type': 'EC2 Instance State-change' }],
    },
    'wildcards at the ends': {
      pattern: { title: [{ wildcard: '*Title*' }] },
      matching: [{ title: 'Title' }, { title: 'A Title of one' }],
      others: [{ title: 'title' }, { title: 'Titl' }],
    },
    'an escaped star': {
      pattern: { FileName: [{ wildcard: 'a\\*b*' }] },
      matching: [{ FileName: 'a*b' }, { FileName: 'a*bc' }],
      others: [{ FileName: 'axb' }, { FileName: 'a\\*b' }],
    },
    'an escaped backslash': {
      pattern: { FileName: [{ wildcard: 'C:\\\\temp\\\\*' }] },
      matching: [{ FileName: 'C:\\temp\\a' }],
      others: [{ FileName: 'C:\\\\temp\\\\a' }, { FileName: 'C:temp' }],
    },
    'several operators': {
      pattern: {
        time: [{ prefix: '2017-10-02' }],
        detail: {
          state: [{ 'anything-but': 'initializing' }],
          'c-count': [{ numeric: ['>', 0, '<=', 5] }],
          'd-count': [{ numeric: ['<', 10] }],
          'x-limit': [{ 'anything-but': [100, 200, 300] }],
          'source-ip': [{ cidr: '10.0.0.0/8' }],
        },
      },
      matching: [counts({ state: 'running' })],
      others: [
        counts({ state: 'initializing' }),
        counts({ 'x-limit': 200 }),
        counts({ 'source-ip': '11.0.0.33' }),
        counts({}, { time: '2017-10-03T16:24:49Z' }),
      ],
    },
    'several conditions for one field': {
      pattern: detail({ state: ['running', { prefix: 'stop' }, { exists: false }] }),
      matching: [detail({ state: 'running' }), detail({ state: 'stopped' }), detail({})],
      others: [detail({ state: 'pending' })],
    },
  },

  'The operator $or': {
    'one of three fields': {
      pattern: detail({
        $or: [
          { 'c-count': [{ numeric: ['>', 0, '<=', 5] }] },
          { 'd-count': [{ numeric: ['<', 10] }] },
          { 'x-limit': [{ numeric: ['=', 3.018e2] }] },
        ],
      }),
      matching: [
        detail({ 'c-count': 1 }),
        detail({ 'd-count': 9, 'c-count': 6 }),
        detail({ 'x-limit': 301.8 }),
      ],
      others: [detail({ 'c-count': 6, 'd-count': 10, 'x-limit': 302 }), detail({})],
    },
    'a field and one of two': {
      pattern: {
        source: ['aws.cloudwatch'],
        $or: [
          { metricName: ['CPUUtilization', 'ReadLatency'] },
          { namespace: ['AWS/EC2', 'AWS/ES'] },
        ],
      },
      matching: [
        { source: 'aws.cloudwatch', metricName: 'ReadLatency' },
        { source: 'aws.cloudwatch', metricName: 'x', namespace: 'AWS/ES' },
      ],
      others: [
        { source: 'aws.cloudwatch', namespace: 'AWS/S3' },
        { source: 'aws.ec2', namespace: 'AWS/ES' },
      ],
    },
    'two of them side by side': {
      pattern: {
        $or: [
          { metricName: ['CPUUtilization', 'ReadLatency'] },
          { namespace: ['AWS/EC2', 'AWS/ES'] },
        ],
        detail: {
          $or: [
            { source: ['aws.cloudwatch'] },
            { 'detail-type': ['CloudWatch Alarm State Change'] },
          ],
        },
      },
      matching: [
        { namespace: 'AWS/EC2', detail: { source: 'aws.cloudwatch' } },
        { metricName: 'ReadLatency', detail: { 'detail-type': 'CloudWatch Alarm State Change' } },
      ],
      others: [
        { namespace: 'AWS/EC2', detail: { source: 'aws.ec2' } },
        { detail: { source: 'aws.cloudwatch' } },
      ],
    },
    'an alternative of several fields, one of them within another': {
      pattern: {
        source: ['aws.cloudwatch'],
        $or: [
          { metricName: ['CPUUtilization', 'ReadLatency'] },
          {
            metricType: ['MetricType'],
            namespace: ['AWS/EC2', 'AWS/ES'],
            $or: [{ metricId: [1234] }, { spaceId: [1000] }],
          },
          { scope: ['Service'] },
        ],
      },
      matching: [
        { source: 'aws.cloudwatch', metricName: 'ReadLatency' },
        { source: 'aws.cloudwatch', metricType: 'MetricType', namespace: 'AWS/ES', spaceId: 1000 },
        { source: 'aws.cloudwatch', scope: 'Service' },
      ],
      others: [
        { source: 'aws.cloudwatch', metricType: 'MetricType', namespace: 'AWS/ES', spaceId: 1 },
        { source: 'aws.cloudwatch', metricType: 'MetricType', spaceId: 1000 },
        { source: 'aws.ec2', scope: 'Service' },
      ],
    },
    'a field of that name': {
      pattern: {
        source: ['aws.cloudwatch'],
        $or: { metricType: ['MetricType'], namespace: ['AWS/EC2', 'AWS/ES'] },
      },
      matching: [
        { source: 'aws.cloudwatch', $or: { metricType: 'MetricType', namespace: 'AWS/ES' } },
      ],
      others: [{ source: 'aws.cloudwatch', metricType: 'MetricType', namespace: 'AWS/ES' }],
    },
  },

  'Best practices': {
    'actions of two services': {
      pattern: {
        'detail-type': ['AWS API Call via CloudTrail'],
        $or: [
          {
            source: ['aws.sqs'],
            detail: { eventName: ['CreateQueue', 'SetQueueAttributes'] },
          },
          {
            source: ['aws.kms'],
            detail: { eventName: ['CreateKey', 'DisableKeyRotation'] },
          },
        ],
      },
      matching: [apiCall('aws.sqs', 'CreateQueue'), apiCall('aws.kms', 'DisableKeyRotation')],
      others: [
        apiCall('aws.sqs', 'CreateKey'),
        apiCall('aws.kms', 'CreateQueue'),
        { ...apiCall('aws.kms', 'CreateKey'), 'detail-type': 'x' },
      ],
    },
  },
};

const refused: Readonly<Record<string, unknown>> = {
  'a value that is no array': { source: 'aws.ec2' },
  'two stars beside each other': { FileName: [{ wildcard: 'a**b' }] },
  'a backslash before any other character': { FileName: [{ wildcard: 'a\\b' }] },
  'a backslash at the end': { FileName: [{ wildcard: 'a\\' }] },
  'strings and numbers in one anything-but': { state: [{ 'anything-but': ['stopped', 1] }] },
  'anything-but null': { state: [{ 'anything-but': null }] },
  'anything-but a boolean': { state: [{ 'anything-but': true }] },
  'a number that is a string': { 'c-count': [{ numeric: ['>', '0'] }] },
  'a comparison that does not exist': { 'c-count': [{ numeric: ['!=', 0] }] },
  'a range that nothing lies in': { 'c-count': [{ numeric: ['>', 5, '<', 0] }] },
  'a prefix that is a number': { time: [{ prefix: 2017 }] },
  'a suffix that is null': { time: [{ suffix: null }] },
  'a list for equals-ignore-case': { Name: [{ 'equals-ignore-case': ['alice'] }] },
  'exists with a string': { state: [{ exists: 'true' }] },
  'an address without a length': { sourceIPAddress: [{ cidr: '10.0.0.0' }] },
  'a network that is no address': { sourceIPAddress: [{ cidr: 'example.com/24' }] },
  'an unknown operator': { state: [{ contains: 'x' }] },
  'two operators in one condition': { state: [{ prefix: 'a', suffix: 'b' }] },
  'a condition without an operator': { state: [{}] },
  'an array within an array': { state: [['running']] },
  'no condition at all': { state: [] },
  'a field without fields': { detail: {} },
  'a pattern without fields': {},
  'a pattern that is no object': ['aws.ec2'],
  'one alternative only': { $or: [{ source: ['aws.ec2'] }] },
};

for (const [page, examples] of Object.entries(pages)) {
  describe(`EventBridge's documentation: ${page}`, () => {
    for (const [name, { pattern, matching, others }] of Object.entries(examples)) {
      it(`matches as told: ${name}`, () => {
        const parsed = parsePattern(pattern, new Map());
        if (!('value' in parsed)) throw new Error(parsed.problems.join('\n'));
        const isMatch = compilePattern(parsed.value);
        for (const [events, expected] of [
          [matching, true],
          [others, false],
        ] as const) {
          for (const event of events) {
            const subject = subjectOf(event);
            expect(isMatch(subject), JSON.stringify(event)).to.equal(expected);
            expect(naiveMatch(pattern, subject, new Map()), 'naive').to.equal(expected);
          }
        }
      });
    }
  });
}

describe("EventBridge's documentation: what is refused", () => {
  for (const [name, pattern] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      expect(parsePattern(pattern, new Map())).to.have.property('problems').that.is.not.empty;
    });
  }
});

const subjectOf = (record: Fields): Subject => ({
  record,
  facts: () => ({}),
  isKnownAccount: () => false,
});
