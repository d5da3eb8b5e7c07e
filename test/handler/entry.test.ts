import { expect } from 'chai';
import { parseEntry, parseRow, SEVERITIES } from '../../handler/entry.ts';
import type { Parsed } from '../../handler/parseBy.ts';
import { rowOf } from '../factories.ts';

const MINIMAL = { id: 'a', title: 'A', eventName: 'StopLogging', severity: 'low' };

const FULL = {
  ...rowOf(),
  eventSource: ['cloudtrail.amazonaws.com', 'iam.amazonaws.com'],
  eventName: ['StopLogging', 'DeleteTrail'],
  references: ['https://docs.aws.amazon.com/'],
  tags: ['cis:3.2', 'attack:T1078.004'],
  needs: 'data:AWS::S3::Object',
  self: true,
  mode: 'silent',
  outcome: 'success',
  pattern: { readOnly: [false] },
  unless: [{ userIdentity: { type: ['Root'] } }],
  summary: '{userIdentity.arn} stopped it',
  show: { Trail: 'requestParameters.name' },
  threshold: { count: 5, minutes: 10, by: ['sourceIPAddress'], distinct: 'eventName' },
  repeat: { by: [], minutes: 60 },
};

function problemsOf<T>(parsed: Parsed<T>): readonly string[] {
  return 'problems' in parsed ? parsed.problems : [];
}

const text = (length: number) => 'x'.repeat(length);
const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`);

describe('parseEntry', () => {
  it('takes an entry with every field, and one with the required ones alone', () => {
    for (const entry of [FULL, MINIMAL]) {
      expect(parseEntry(entry)).to.deep.equal({ value: entry });
    }
  });

  it('takes one event name or source, or a list of them', () => {
    const values = ['StopLogging', ['StopLogging'], ['StopLogging', 'DeleteTrail']];
    for (const value of values) {
      expect(problemsOf(parseEntry({ ...MINIMAL, eventName: value }))).to.deep.equal([]);
      expect(problemsOf(parseEntry({ ...MINIMAL, eventSource: value }))).to.deep.equal([]);
    }
  });

  it('takes each severity', () => {
    expect(SEVERITIES).to.deep.equal(['critical', 'high', 'medium', 'low', 'info']);
    for (const severity of SEVERITIES) {
      expect(problemsOf(parseEntry({ ...MINIMAL, severity }))).to.deep.equal([]);
    }
  });

  const bounds: readonly (readonly [string, unknown[], unknown[]])[] = [
    ['id', ['a', 'a-1', text(80)], ['', 'A', 'a b', 'a_b', 'ä', 'a\n', text(81), 5, null]],
    ['title', [text(200)], ['', text(201), 5, ['A']]],
    ['eventSource', [text(256), texts(50)], ['', text(257), [], texts(51), [''], [1], 5, null]],
    ['eventName', [text(256), texts(100)], ['', text(257), [], texts(101), [''], [1], 5, {}]],
    ['severity', ['info'], ['', 'urgent', 'HIGH', 1, ['low']]],
    ['description', [text(2000)], ['', text(2001), 5]],
    ['runbook', [texts(10), [text(500)]], [[], texts(11), [''], [text(501)], 'one step']],
    [
      'references',
      [['https://a'], Array.from({ length: 10 }, () => `https://${text(492)}`)],
      [[], ['http://a'], ['javascript:https://'], [`https://${text(493)}`], 'https://a', texts(11)],
    ],
    ['tags', [texts(30), [text(100)]], [[], texts(31), [''], [text(101)], 'tag']],
    ['needs', ['management', 'data:AWS::S3::Object'], ['', 'data', 'data:', 'data:a b', 'x', 1]],
    ['self', [true, false], ['true', 'false', 0, null]],
    ['mode', ['alert', 'silent', 'off'], ['', 'loud', true, null]],
    ['outcome', ['success', 'failure', 'any'], ['', 'denied', true, null]],
    ['pattern', [{}, { a: ['b'] }], ['', 1, null]],
    ['unless', [[{ a: ['b'] }]], [[], {}, ['a'], null]],
    ['summary', [text(500)], ['', text(501), 1]],
    ['show', [{ Trail: 'a.b' }], [{}, { Trail: '' }, { '': 'a' }, [], { a: 1 }]],
    [
      'threshold',
      [
        { count: 1, minutes: 1, by: [] },
        { count: 1000, minutes: 44_640, by: ['a'], distinct: 'b' },
      ],
      [{}, { count: 0, minutes: 1, by: [] }, { count: 1001, minutes: 1, by: [] }, 5],
    ],
    [
      'repeat',
      [{ minutes: 60, by: ['a'] }],
      [
        { minutes: 0, by: [] },
        { minutes: 1.5, by: [] },
      ],
    ],
    ['firstSeen', [{ days: 90, by: ['a'], learnDays: 0 }], [{ days: 366, by: [] }, { by: [] }]],
  ];
  for (const [field, good, bad] of bounds) {
    it(`holds ${field} within its bounds, and names it where it is not`, () => {
      for (const value of good) {
        expect(problemsOf(parseEntry({ ...MINIMAL, [field]: value }))).to.deep.equal([]);
      }
      for (const value of bad) {
        const problems = problemsOf(parseEntry({ ...MINIMAL, [field]: value }));
        expect(problems, JSON.stringify(value)).to.not.deep.equal([]);
        for (const problem of problems) expect(problem).to.match(new RegExp(`^${field}[.:]`));
      }
    });
  }
});

describe('parseEntry, between fields', () => {
  it('keeps the rules between fields', () => {
    expect(parseEntry({ ...MINIMAL, eventName: '*' })).to.deep.equal({
      problems: ['eventName: "*" needs a pattern'],
    });
  });
});

describe('problemsOf', () => {
  it('names what is missing, what is unknown and where in a list something is wrong', () => {
    const { title: _, ...untitled } = MINIMAL;
    const entry = { ...untitled, Severity: 'low', runbook: ['look', 7, 'act'] };
    expect(problemsOf(parseEntry(entry))).to.deep.equal([
      'title: missing',
      'runbook.1: Invalid type: Expected string but received 7',
      'Severity: unknown field',
    ]);
  });

  it('knows an unknown field by whatever name', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '']) {
      const entry: unknown = JSON.parse(
        JSON.stringify({ ...MINIMAL, NAME: 1 }).replace('NAME', name),
      );
      expect(problemsOf(parseEntry(entry))).to.deep.equal([`${name}: unknown field`]);
    }
  });

  it('says what was expected where the whole is wrong', () => {
    for (const value of [null, 5, 'StopLogging', true]) {
      const problems = problemsOf(parseEntry(value));
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(/^Invalid type: Expected Object/);
    }
    expect(problemsOf(parseEntry([]))).to.include('id: missing');
  });
});

describe('parseRow', () => {
  it('takes a row with and without since', () => {
    const row = rowOf();
    expect(parseRow(row)).to.deep.equal({ value: row });
    const seeded = { ...row, since: '2026-11-24T12:00:00.000Z' };
    expect(parseRow(seeded)).to.deep.equal({ value: seeded });
  });

  it('refuses a since that is no time, and since in an entry', () => {
    for (const since of ['yesterday', '2026-11-24', 5, null]) {
      expect(problemsOf(parseRow({ ...rowOf(), since }))[0]).to.match(/^since:/);
    }
    expect(problemsOf(parseEntry({ ...MINIMAL, since: '2026-11-24T12:00:00.000Z' }))).to.deep.equal(
      ['since: unknown field'],
    );
  });

  it('knows no other field', () => {
    const row = { ...rowOf(), colour: 'red' };
    expect(problemsOf(parseRow(row))).to.deep.equal(['colour: unknown field']);
  });

  it('has one event name, no list', () => {
    for (const eventName of [['StopLogging'], ['a', 'b']]) {
      expect(problemsOf(parseRow({ ...rowOf(), eventName }))[0]).to.match(/^eventName:/);
    }
  });
});
