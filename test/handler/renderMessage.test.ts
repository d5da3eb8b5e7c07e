import { expect } from 'chai';
import fc from 'fast-check';
import { buildAlert } from '../../handler/buildAlert.ts';
import { renderMessage } from '../../handler/renderMessage.ts';
import { expectAlert } from '../alertShape.ts';
import { ACCOUNT, BUCKET, keyOf, matchOf, recordOf, rowOf } from '../factories.ts';

const CONTEXT = {
  logFile: { bucket: BUCKET, key: keyOf() },
  accountId: ACCOUNT,
  aliases: new Map(),
  now: Date.parse('2023-07-10T12:26:00Z'),
};
const LIMIT = 262_144;

const render = (record = recordOf(), entry = rowOf()) =>
  renderMessage(buildAlert(matchOf(record, entry), CONTEXT), 'Europe/Berlin');

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** Everything that SNS and DynamoDB refuse, looked for in one message; returns the alert. */
function expectLegal(message: ReturnType<typeof render>) {
  const attributes = Object.entries(message.attributes);
  const inAttributes = attributes.map(([name, value]) => bytes(`${name}String${value}`));
  const total = [bytes(message.body), bytes(message.subject), ...inAttributes];
  const sum = total.reduce((a, b) => a + b, 0);
  expect(message.bytes).to.equal(sum);
  expect(sum).to.be.at.most(LIMIT);
  expect(message.subject).to.match(/^[A-Z][\x20-\x7e]{0,98}$/);
  expect(message.subject).to.not.match(/[[\](){}<>]/);
  for (const [name, value] of attributes) {
    expect(value, name).to.be.a('string').and.not.equal('');
    expect(value, name).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  }
  expect(bytes(`alert#${message.id}`)).to.be.within(1, 2048);
  expect(message.id).to.match(/^[\x21-\x7e]+$/);
  expect(message.body).to.match(/^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u); // else SQS refuses it
  const copies = JSON.parse(message.body) as { default: string; email: string };
  expect(Object.keys(copies)).to.deep.equal(['default', 'email']);
  expect(message.body).to.not.match(/[\ufffe\uffff]/);
  expect(copies.default).to.not.match(/[\ufffe\uffff]/);
  expect(copies.email.replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  return expectAlert(copies.default);
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\u0000',
    '\ufffe\uffff',
    '\r\n',
    '\u001b[31m',
    '\u202e',
    '\ud800',
    '"\\',
    '👩🏽',
    '',
    ' ',
    '\uffff',
    '()',
    'a/',
    'Root',
    'AssumedRole',
    'constructor',
  ),
  fc.integer({ min: 1, max: 300_000 }).map((length) => 'é'.repeat(length)),
  fc.integer({ min: 1, max: 60_000 }).map((length) => '\u0001'.repeat(length)),
);
/** Arrays or objects in each other, as deep as wanted. */
function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = wrap(value);
  return value;
}
const deep = [nested(20_000, (inner) => [inner]), nested(20_000, (inner) => ({ inner }))];
const odd = fc.oneof(
  text,
  fc.constantFrom(...deep),
  fc.integer(),
  fc.constant(null),
  fc.array(text, { maxLength: 2 }),
  fc.dictionary(text, text, { maxKeys: 2 }),
  fc.constant(undefined),
);
const fields = [
  'eventID',
  'sharedEventID',
  'eventTime',
  'awsRegion',
  'recipientAccountId',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'readOnly',
  'requestParameters',
  'eventCategory',
];
const identityFields = [
  'type',
  'arn',
  'userName',
  'principalId',
  'accountId',
  'accessKeyId',
  'invokedBy',
  'onBehalfOf',
];
const issuerFields = ['arn', 'userName', 'type'];
const someOf = (names: string[]) => fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 5 });
const identity = fc
  .tuple(someOf(identityFields), someOf(issuerFields), odd, odd)
  .map(([found, sessionIssuer, assumedRoot, userId]) => ({
    sessionContext: { sessionIssuer, assumedRoot },
    onBehalfOf: { userId },
    ...found,
  }));
const hostile = fc
  .tuple(someOf(fields), fc.oneof({ weight: 5, arbitrary: identity }, odd), text, text)
  .map(([record, userIdentity, eventName, eventSource]) =>
    recordOf({ ...record, userIdentity, eventName, eventSource }),
  );

describe('renderMessage', () => {
  it('carries the canonical JSON, the mail and what filters need', () => {
    const message = render();
    const alert = expectLegal(message);
    expect(alert.record).to.deep.equal(recordOf());
    expect(message.id).to.equal(alert.id);
    expect(message.attributes).to.deep.equal({
      severity: 'critical',
      entry: 'trail-stopped',
      account: ACCOUNT,
      region: 'us-east-1',
    });
    const { email } = JSON.parse(message.body) as { email: string };
    expect(email).to.include('(14:22 +02:00)');
  });

  it('leaves out an attribute that would be empty', () => {
    const { attributes } = render(recordOf({ awsRegion: '' }));
    expect(attributes).to.not.have.property('region');
  });

  it('leaves out a record exactly where it would not fit, and says how large it is', () => {
    const withPadding = (length: number) => recordOf({ padding: 'x'.repeat(length) });
    let [fits, tooLarge] = [0, LIMIT];
    while (tooLarge - fits > 1) {
      const middle = Math.floor((fits + tooLarge) / 2);
      if ('omitted' in expectLegal(render(withPadding(middle))).record) tooLarge = middle;
      else fits = middle;
    }
    expect(render(withPadding(fits)).bytes).to.equal(LIMIT);
    const { record } = expectLegal(render(withPadding(tooLarge)));
    expect(record).to.deep.equal({
      omitted: true,
      bytes: bytes(JSON.stringify(withPadding(tooLarge))),
    });
  });

  it('survives a record nested too deeply to be written', () => {
    for (const requestParameters of deep) {
      const { record } = expectLegal(render(recordOf({ requestParameters })));
      expect(record).to.deep.equal({ omitted: true, bytes: 0 });
    }
  });

  it('keeps what SQS would refuse out of the text, and in the record', () => {
    const userAgent = 'a\ufffe\uffffb';
    const alert = expectLegal(render(recordOf({ userAgent })));
    expect(alert.from.userAgent).to.equal(userAgent);
    expect(alert.record).to.have.property('userAgent', userAgent);
    const tooLarge = recordOf({ userAgent, padding: 'x'.repeat(LIMIT) });
    expect(expectLegal(render(tooLarge)).from.userAgent).to.equal(userAgent);
  });

  it('fits with the longest entry that a watchlist may hold', () => {
    const fill = (count: number, length: number, start = '') =>
      Array.from({ length: count }, () => start + '\u0001'.repeat(length - start.length));
    const entry = rowOf({
      id: 'x'.repeat(80),
      title: '\u0001'.repeat(200),
      description: '\u0001'.repeat(2000),
      runbook: fill(10, 500),
      references: fill(10, 500, 'https://'),
      tags: fill(30, 100),
    });
    const record = recordOf({ userAgent: '\u0001'.repeat(5000), padding: 'x'.repeat(LIMIT) });
    expectLegal(render(record, entry));
  });

  it('is legal whatever a record holds', function () {
    this.timeout(60_000);
    const property = fc.property(hostile, (record) => void expectLegal(render(record)));
    // Not fc.assert: it would print the record, which may fill 300 KB.
    const {
      failed,
      errorInstance: cause,
      seed,
      counterexamplePath: path,
    } = fc.check(property, {
      numRuns: 200,
    });
    if (failed) throw new Error(`fails with seed ${seed}, path ${path}`, { cause });
  });
});
