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
  mode: 'alert',
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
    ['mode', ['alert'], ['', 'loud', true, null]],
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

  const unsupported = 'not supported by this version, and not to be matched without it';
  for (const field of [
    'pattern',
    'unless',
    'outcome',
    'summary',
    'show',
    'threshold',
    'firstSeen',
    'repeat',
  ]) {
    it(`refuses ${field}, whatever is in it, as not supported`, () => {
      for (const value of [{}, [], 'any', null, false, 0, '']) {
        const expected = { problems: [`${field}: ${unsupported}`] };
        expect(parseEntry({ ...MINIMAL, [field]: value })).to.deep.equal(expected);
        expect(parseRow({ ...MINIMAL, [field]: value })).to.deep.equal(expected);
      }
    });
  }

  it('refuses the event name * and the modes silent and off as not supported', () => {
    for (const eventName of ['*', ['*'], ['StopLogging', '*']]) {
      expect(parseEntry({ ...MINIMAL, eventName })).to.deep.equal({
        problems: [`eventName "*": ${unsupported}`],
      });
    }
    for (const mode of ['silent', 'off']) {
      expect(parseEntry({ ...MINIMAL, mode })).to.deep.equal({
        problems: [`mode "${mode}": ${unsupported}`],
      });
    }
  });

  it('names every field that is not supported', () => {
    const entry = { ...MINIMAL, eventName: '*', pattern: {}, mode: 'off', repeat: {} };
    expect(problemsOf(parseEntry(entry)).map((problem) => problem.split(':')[0])).to.deep.equal([
      'pattern',
      'repeat',
      'eventName "*"',
      'mode "off"',
    ]);
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
