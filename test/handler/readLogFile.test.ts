import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { readLogFile } from '../../handler/readLogFile.ts';
import { bundledLogs } from '../bundledLogs.ts';
import { logFileOf, recordOf } from '../factories.ts';

const MAX = 1_000_000;
const MARK = 'Zq7XMARKZq7X'; // stands for content that no log line may show

// Stored, not compressed, so that the mark stands in the file's bytes as it is.
const gzipOf = (text: string) => gzipSync(text, { level: 0 });
const markedFile = () => gzipOf(JSON.stringify({ Records: [recordOf({ eventID: MARK })] }));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

function refusal(bytes: Uint8Array, max = MAX): string {
  try {
    readLogFile(bytes, max);
  } catch (error) {
    return error instanceof Error ? error.message : 'not an Error';
  }
  return 'accepted';
}

/** The same file, with another size in its trailer. */
function announcing(bytes: Uint8Array, size: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  new DataView(copy.buffer).setUint32(copy.length - 4, size, true);
  return copy;
}

describe('readLogFile', () => {
  it('reads the records of a log file, in their order', () => {
    const records = [recordOf({ eventID: 'b' }), recordOf({ eventID: 'a', eventName: 'X' })];
    expect(readLogFile(logFileOf(records), MAX)).to.deep.equal({ records, malformed: 0 });
    expect(readLogFile(logFileOf([]), MAX)).to.deep.equal({ records: [], malformed: 0 });
  });

  it('reads the part of a buffer that it is given, and no other', () => {
    const bytes = logFileOf([recordOf()]);
    const buffer = join(new Uint8Array(7).fill(31), bytes, new Uint8Array(5).fill(9));
    const part = buffer.subarray(7, 7 + bytes.length);
    expect(readLogFile(part, MAX).records).to.have.length(1);
    expect(refusal(part, 100)).to.equal(refusal(bytes, 100));
  });

  it('reads gzip of several members', () => {
    const text = JSON.stringify({ Records: [recordOf(), recordOf({ eventID: 'e2' })] });
    const members = [text.slice(0, 9), text.slice(9, 300), '', text.slice(300)].map(gzipOf);
    expect(readLogFile(join(...members), MAX).records).to.have.length(2);
  });

  it('counts what is no record as malformed, and reads its neighbours', () => {
    const malformed = [
      null,
      5,
      'StopLogging',
      true,
      [],
      {},
      ...[undefined, null, 5, ['StopLogging'], {}].map((eventName) => recordOf({ eventName })),
      ...[undefined, null, false, ['a'], {}].map((eventSource) => recordOf({ eventSource })),
    ];
    const records = malformed.map((_, index) => recordOf({ eventID: `good ${index}` }));
    const mixed = malformed.flatMap((bad, index) => [bad, records[index]]);
    expect(readLogFile(logFileOf(mixed), MAX)).to.deep.equal({ records, malformed: 16 });
  });

  it('reads a record without eventID or userIdentity', () => {
    const records = [recordOf({ eventID: undefined, userIdentity: undefined })];
    expect(readLogFile(logFileOf(records), MAX)).to.deep.equal({ records, malformed: 0 });
  });

  const garbage = new TextEncoder().encode(MARK);
  const bad: readonly (readonly [string, Uint8Array, string])[] = [
    ['an empty object', new Uint8Array(), 'the object is empty'],
    ['plain JSON', new TextEncoder().encode(`{"Records":["${MARK}"]}`), 'not gzip'],
    ['one byte', Uint8Array.of(0x1f), 'not gzip'],
    ['half the magic number', join(Uint8Array.of(0x1f), garbage), 'not gzip'],
    ['the magic number alone', Uint8Array.of(0x1f, 0x8b), 'cut short'],
    ['the magic number before anything', join(Uint8Array.of(0x1f, 0x8b), garbage, garbage), 'gzip'],
    ['gzip without its end', markedFile().subarray(0, -1), 'cut short'],
    ['gzip without its trailer', markedFile().subarray(0, -8), 'cut short'],
    ['gzip with a changed byte', markedFile().fill(0x20, 40, 41), 'not gzip'],
    ['gzip with a wrong size', announcing(markedFile(), 1), 'not gzip'],
    ['trailing garbage', join(markedFile(), garbage), 'not gzip'],
    ['trailing zeros', join(markedFile(), new Uint8Array(512)), 'garbage after its end'],
    ['a second member cut short', join(markedFile(), markedFile().subarray(0, -9)), 'cut short'],
    ['gzip of nothing', gzipOf(''), 'not JSON'],
    ['gzip of text', gzipOf(MARK), 'not JSON'],
    ['broken JSON', gzipOf(`{"Records":[{"eventID":"${MARK}"`), 'not JSON'],
    ['a JSON text', gzipOf(`"${MARK}"`), 'no Records in it'],
    ['a JSON number', gzipOf('5'), 'no Records in it'],
    ['JSON null', gzipOf('null'), 'no Records in it'],
    ['a JSON array', gzipOf(`["${MARK}"]`), 'no Records in it'],
    ['an object without Records', gzipOf(`{"records":["${MARK}"]}`), 'no Records in it'],
    ['Records that is an object', gzipOf(`{"Records":{"${MARK}":1}}`), 'not an array'],
    ['Records that is a text', gzipOf(`{"Records":"${MARK}"}`), 'not an array'],
    ['Records that is null', gzipOf('{"Records":null}'), 'not an array'],
  ];
  for (const [name, bytes, reason] of bad) {
    it(`refuses ${name}, with a reason that shows nothing of it`, () => {
      const message = refusal(bytes);
      expect(message).to.include(reason);
      expect(message).to.not.include(MARK.slice(0, 4));
      expect(message).to.not.include('HandlerMemory'); // more memory would not help
    });
  }

  it('refuses a log file cut short anywhere, and does not call it too large', () => {
    const bytes = logFileOf([recordOf()]);
    for (let length = 1; length < bytes.length; length += 1) {
      const cut = Uint8Array.from(bytes.subarray(0, length));
      expect(refusal(cut, 5000), `${length} bytes`).to.match(/^not gzip/);
    }
  });

  it('refuses every kind of trailing garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 30 }), (bytes) => {
        expect(refusal(join(logFileOf([recordOf()]), bytes))).to.match(/^not gzip/);
      }),
    );
  });

  it('reads a file of the largest size, and refuses one that is a byte larger', () => {
    const text = JSON.stringify({ Records: [recordOf()] });
    expect(readLogFile(gzipSync(text), text.length).records).to.have.length(1);
    expect(refusal(gzipSync(text), text.length - 1)).to.equal(
      `uncompressed it is ${text.length} bytes, the limit is ${text.length - 1} (a sixth of memory): raise the stack parameter HandlerMemory`,
    );
  });

  it('refuses a gzip bomb, whether its trailer tells the truth or lies', () => {
    const bomb = gzipSync(new Uint8Array(50_000_000));
    const limit =
      'the limit is 1000000 (a sixth of memory): raise the stack parameter HandlerMemory';
    expect(refusal(bomb)).to.equal(`uncompressed it is 50000000 bytes, ${limit}`);
    for (const size of [0, 100, MAX]) {
      expect(refusal(announcing(bomb, size))).to.equal(
        `uncompressed it is over 1000000 bytes, ${limit}`,
      );
    }
  });

  it('does not inflate a bomb past the limit', () => {
    const member = gzipSync(new Uint8Array(20_000_000)); // 2 GB in all, and its trailer says 20 MB
    const bomb = join(...Array.from({ length: 100 }, () => member));
    for (const bytes of [bomb, announcing(bomb, 2 ** 31), announcing(bomb, 7)]) {
      const before = process.memoryUsage().arrayBuffers;
      expect(refusal(bytes, 30_000_000)).to.include('the limit is 30000000');
      expect(process.memoryUsage().arrayBuffers - before).to.be.below(100_000_000);
    }
  });

  it('finds in an Insight file no record that could be matched', () => {
    const [insight] = bundledLogs('awsdocs', 'CloudTrail-Insight');
    expect(readLogFile(insight?.bytes ?? new Uint8Array(), MAX)).to.deep.equal({
      records: [],
      malformed: 2,
    });
  });

  /** What gunzip and JSON.parse find, read without care. */
  function naive(bytes: Uint8Array) {
    const { Records } = JSON.parse(gunzipSync(bytes).toString()) as { Records: unknown[] };
    const records = Records.filter((record) => {
      const { eventName, eventSource } = (record ?? {}) as Record<string, unknown>;
      return typeof eventName === 'string' && typeof eventSource === 'string';
    });
    return { records, malformed: Records.length - records.length };
  }

  it('finds what gunzip and JSON.parse find, in generated files', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('StopLogging'));
    const record = fc
      .tuple(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.record({ eventName: text, eventSource: fc.oneof(text, fc.jsonValue()) }),
      )
      .map(([some, named]) => ({ ...some, ...named }));
    const file = fc.record({
      records: fc.array(fc.oneof(record, fc.jsonValue())),
      level: fc.integer({ min: 0, max: 9 }),
      cut: fc.nat(1000),
    });
    fc.assert(
      fc.property(file, ({ records, level, cut }) => {
        const json = Buffer.from(JSON.stringify({ Other: 1, Records: records }));
        const parts = [json.subarray(0, cut), json.subarray(cut)];
        const bytes = join(...parts.map((part) => gzipSync(part, { level })));
        expect(readLogFile(bytes, MAX)).to.deep.equal(naive(bytes));
      }),
    );
  });

  it('finds what gunzip and JSON.parse find, in real files', () => {
    for (const { bytes } of [...bundledLogs('invictus'), ...bundledLogs('awsdocs')]) {
      expect(readLogFile(bytes, 10_000_000)).to.deep.equal(naive(bytes));
    }
  });
});
