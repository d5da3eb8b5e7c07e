import { expect } from 'chai';
import fc from 'fast-check';
import { cut, printable, printableAscii } from '../../handler/printable.ts';

const HOSTILE =
  '\u0000\u0007\n\r\t\u001b[31m\u007f\u0085\u200b\u200e\u202e\u2028\u2029\u2066\ufeff\ue000\uffff\u0378\ud800';

describe('printable', () => {
  it('leaves what people write alone', () => {
    for (const text of ['alice@example.com', 'Zoë – 東京 👩🏽', 'a/b:c+d=e,f']) {
      expect(printable(text)).to.equal(text);
    }
  });

  it('shows what cannot be seen by its code point', () => {
    expect(printable('a\nb\u202ec')).to.equal('a\\u{a}b\\u{202e}c');
    expect(printable('\u001b[31m')).to.equal('\\u{1b}[31m');
    expect(printable('\ud800')).to.equal('\\u{d800}');
    for (const character of HOSTILE.replace('[31m', '')) {
      expect(printable(character)).to.match(/^\\u\{[0-9a-f]+\}$/);
    }
  });

  it('cuts to 200 characters where no other length is wanted', () => {
    expect(printable('x'.repeat(200))).to.equal('x'.repeat(200));
    expect(printable('x'.repeat(100_000))).to.equal(`${'x'.repeat(199)}…`);
    expect(printable('\n'.repeat(100_000))).to.have.length(200);
  });

  it('is one line without control, format or surrogate characters, whatever comes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (value, max) => {
        const shown = printable(`${value}${HOSTILE}`, max);
        expect(shown.length).to.be.at.most(max);
        expect(shown).to.not.match(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('printableAscii', () => {
  it('drops accents, and marks what has no ASCII form', () => {
    expect(printableAscii('Zoë Müller', 20)).to.equal('Zoe Muller');
    expect(printableAscii('東京\n', 20)).to.equal('???');
    expect(printableAscii('x'.repeat(30), 10)).to.equal(`${'x'.repeat(9)}~`);
  });

  it('is ASCII of the wanted length, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 99 }), (text, max) => {
        expect(printableAscii(`${text}${HOSTILE}`, max)).to.match(/^[\x20-\x7e]*$/);
        expect(printableAscii(text, max).length).to.be.at.most(max);
      }),
    );
  });
});

describe('cut', () => {
  it('shortens to the wanted length, and says so', () => {
    expect(cut('abcdef', 6)).to.equal('abcdef');
    expect(cut('abcdefg', 6)).to.equal('abcde…');
    expect(cut('abcdefg', 6, '~')).to.equal('abcde~');
  });

  it('never leaves half a character', () => {
    expect(cut('ab👩cdef', 4)).to.equal('ab…');
    expect(cut('ab👩cdef', 5)).to.equal('ab👩…');
  });
});
