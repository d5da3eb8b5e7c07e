import { expect } from 'chai';
import { logTo } from '../../handler/logTo.ts';
import type { LogLine } from '../../handler/ports.ts';

function written(line: LogLine): string {
  const lines: string[] = [];
  logTo((text) => lines.push(text))(line);
  expect(lines).to.have.length(1);
  return lines.join('');
}

describe('logTo', () => {
  it('writes a line of JSON', () => {
    const line = { level: 'warn', message: 'records malformed', malformed: 2 } as const;
    expect(written(line)).to.equal('{"level":"warn","message":"records malformed","malformed":2}');
  });

  it('shows an error by name and message, without stack or cause, also inside other values', () => {
    const error = new TypeError('no', { cause: new Error('hidden') });
    const text = written({ level: 'error', message: 'm', error, more: [{ error }] });
    expect(JSON.parse(text)).to.deep.equal({
      level: 'error',
      message: 'm',
      error: 'TypeError: no',
      more: [{ error: 'TypeError: no' }],
    });
  });

  it('keeps hostile text on one line and inside its string', () => {
    const hostile = 'a\n{"level":"info"}\r\n\u001b[2J","x":"';
    const text = written({ level: 'error', message: 'm', id: hostile, error: new Error(hostile) });
    expect(text).to.not.match(/[\u0000-\u001f]/);
    expect(JSON.parse(text)).to.deep.equal({
      level: 'error',
      message: 'm',
      id: hostile,
      error: `Error: ${hostile}`,
    });
  });
});
