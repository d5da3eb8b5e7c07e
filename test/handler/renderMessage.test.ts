import { expect } from 'chai';
import fc from 'fast-check';
import { buildAlert } from '../../handler/buildAlert.ts';
import { renderMessage } from '../../handler/renderMessage.ts';
import { expectAlert } from '../alertShape.ts';
import { ACCOUNT, BUCKET, keyOf, recordOf, rowOf } from '../factories.ts';

const CONTEXT = {
  logFile: { bucket: BUCKET, key: keyOf() },
  accountId: ACCOUNT,
  aliases: new Map(),
  now: Date.parse('2023-07-10T12:26:00Z'),
};
const LIMIT = 262_144;

const render = (record = recordOf(), entry = rowOf()) =>
  renderMessage(buildAlert({ record, entry }, CONTEXT), 'Europe/Berlin');

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
  const copies = JSON.parse(message.body) as { default: string; email: string };
  expect(Object.keys(copies)).to.deep.equal(['default', 'email']);
  expect(copies.email.replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  return expectAlert(copies.default);
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('\u0000', '\r\n', '\u001b[31m', '\u202e', '\ud800', '"\\', '👩🏽', '', ' '),
  fc.integer({ min: 1, max: 300_000 }).map((length) => 'é'.repeat(length)),
  fc.integer({ min: 1, max: 60_000 }).map((length) => '\u0001'.repeat(length)),
);
const odd = fc.oneof(
  text,
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
];
const someOf = (names: string[]) => fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 5 });
const hostile = fc
  .tuple(someOf(fields), someOf(identityFields), text, text)
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
    let nested: unknown = 'x';
    for (let depth = 0; depth < 20_000; depth += 1) nested = [nested];
    const { record } = expectLegal(render(recordOf({ requestParameters: { nested } })));
    expect(record).to.deep.equal({ omitted: true, bytes: 0 });
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
    fc.assert(
      fc.property(hostile, (record) => {
        expectLegal(render(record));
      }),
      { numRuns: 300 },
    );
  });
});
