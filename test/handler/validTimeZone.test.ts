import { expect } from 'chai';
import type { LogLine } from '../../handler/ports.ts';
import { validTimeZone } from '../../handler/validTimeZone.ts';

function check(name: string) {
  const logged: LogLine[] = [];
  return { timeZone: validTimeZone(name, (line) => logged.push(line)), logged };
}

describe('validTimeZone', () => {
  it('keeps an IANA time zone, in its own spelling', () => {
    expect(check('Europe/Berlin')).to.deep.equal({ timeZone: 'Europe/Berlin', logged: [] });
    expect(check('europe/berlin')).to.deep.equal({ timeZone: 'Europe/Berlin', logged: [] });
    expect(check('UTC')).to.deep.equal({ timeZone: 'UTC', logged: [] });
  });

  it('falls back to UTC for anything else, and says so', () => {
    for (const name of ['Europe/Atlantis', '', 'Mars', 'UTC\n']) {
      const { timeZone, logged } = check(name);
      expect(timeZone).to.equal('UTC');
      expect(logged).to.have.length(1);
      expect(logged[0]).to.include({ level: 'error', name });
      expect(logged[0]?.message).to.include('TimeZone');
    }
  });
});
