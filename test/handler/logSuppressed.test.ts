import { expect } from 'chai';
import { logSuppressed } from '../../handler/logSuppressed.ts';
import type { LogLine } from '../../handler/ports.ts';
import { matchOf, recordOf } from '../factories.ts';

describe('logSuppressed', () => {
  it('names the suppression and the events, a thousand in a line', () => {
    const lines: LogLine[] = [];
    const matches = Array.from({ length: 1001 }, (_, index) =>
      matchOf(recordOf({ eventID: `e${index}` })),
    );
    logSuppressed(new Map([['planned-work', matches]]), { log: (line) => void lines.push(line) });
    expect(lines.map(({ count }) => count)).to.deep.equal([1000, 1]);
    expect(lines[1]).to.deep.equal({
      level: 'info',
      message: 'suppressed',
      suppression: 'planned-work',
      count: 1,
      events: ['e1000/trail-stopped'],
    });
  });

  it('names an event by its id where it shares another, and by what it is known by without', () => {
    const lines: LogLine[] = [];
    const matches = [
      { sharedEventID: 'shared' },
      { sharedEventID: 'shared', eventID: undefined },
    ].map((fields) => matchOf(recordOf({ eventID: 'own', ...fields })));
    logSuppressed(new Map([['planned-work', matches]]), { log: (line) => void lines.push(line) });
    expect(lines[0]?.['events']).to.deep.equal(['own/trail-stopped', 'shared/trail-stopped']);
  });
});
