import { readdir, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import type { Entry } from '../handler/entry.ts';
import { matchRecords } from '../handler/matchRecords.ts';
import { AREAS } from '../scripts/coverage/areas.ts';
import { ATTACK_TECHNIQUES } from '../scripts/coverage/attackTechniques.ts';
import { CIS_CONTROLS } from '../scripts/coverage/cisControls.ts';
import { coveragePage } from '../scripts/coverage/coveragePage.ts';
import { covering } from '../scripts/coverage/tags.ts';
import { shippedEntries } from '../scripts/coverage.ts';
import { readListsFile } from '../scripts/readSeedFile.ts';
import { ACCOUNTS, recordOf } from './factories.ts';

// That each entry matches its samples, and no near miss: test/scripts/watchlist.test.ts.

const entries = await shippedEntries();
const idsOf = (those: readonly Entry[]) => those.map(({ id }) => id);

describe('the shipped watchlist', () => {
  it('says of each entry what a responder needs', () => {
    for (const entry of entries) {
      const {
        id,
        description = '',
        runbook = [],
        summary = '',
        show,
        references = [],
        tags,
      } = entry;
      expect(description.length, id).to.be.within(40, 600);
      expect(runbook, id).to.have.length(3);
      expect(summary, id).to.match(/\{[\w.-]+\}/); // names somebody or something
      expect(show, id).to.not.equal(undefined);
      expect(references[0], id).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
      expect(tags?.[0], id).to.match(/^area:/);
      expect(entry, id).to.include.keys('outcome', 'needs');
    }
  });

  it('has a record behind each entry, and a near miss', async () => {
    const files = (await readdir('seed-data/samples')).filter((name) => name.endsWith('.json'));
    expect(files.toSorted()).to.deep.equal(
      idsOf(entries)
        .map((id) => `${id}.json`)
        .toSorted(),
    );
    for (const file of files) {
      const samples = JSON.parse(await readFile(`seed-data/samples/${file}`, 'utf8')) as Samples;
      expect(samples.match, file).to.not.deep.equal([]);
      expect(samples.noMatch, file).to.not.deep.equal([]);
    }
  });

  it('stands in the order of its areas', () => {
    const areas = entries.map(({ tags = [] }) =>
      Object.keys(AREAS).indexOf(String(tags[0]).slice(5)),
    );
    expect(areas).to.deep.equal(areas.toSorted((a, b) => a - b));
    expect(areas[0]).to.equal(0);
  });

  it('covers each control on monitoring of the CIS benchmark by an entry that alerts', () => {
    for (const control of Object.keys(CIS_CONTROLS)) {
      const those = entries.filter(({ tags = [] }) => tags.includes(`cis:${control}`));
      expect(
        those.filter(({ mode = 'alert' }) => mode === 'alert'),
        control,
      ).to.not.deep.equal([]);
    }
  });

  it('covers each cloud technique of ATT&CK, or the page says why not', () => {
    for (const [id, { why }] of Object.entries(ATTACK_TECHNIQUES)) {
      const isCovered = covering(entries, id).length > 0;
      expect(isCovered, `${id} is covered, or else has a reason`).to.equal(why === undefined);
    }
  });

  it('wakes people rarely: few entries are critical, and none is broad', () => {
    const critical = entries.filter(({ severity }) => severity === 'critical');
    expect(critical.length).to.be.below(0.1 * entries.length);
    for (const { id, eventName, outcome, pattern = {} } of critical) {
      const isAny = [eventName].flat().includes('*') && !Object.hasOwn(pattern, 'eventName');
      const isOfRoot = JSON.stringify(pattern).includes('"type":["Root"]');
      expect(isAny && !isOfRoot, id).to.equal(false);
      expect(outcome === 'failure', id).to.equal(false);
    }
  });

  it('keeps the first real alert of the README true', async () => {
    const stop = recordOf({
      requestParameters: { name: 'trailwatch-self-test' },
      errorCode: 'TrailNotFoundException',
    });
    const rows = entries.flatMap((entry) =>
      [entry.eventName].flat().map((eventName) => ({ ...entry, eventName })),
    );
    const lists = await readListsFile('seed-data/lists.json');
    const matches = matchRecords(compileWatchlist([...lists, ...rows]), [stop], ACCOUNTS);
    expect(matches.map(({ compiled }) => compiled.entry.id)).to.deep.equal([
      'trailwatch-self-test',
    ]);
    expect(matches[0]?.compiled.entry.severity).to.equal('medium');
  });

  it('cannot be muted about Trailwatch itself', () => {
    const own = entries.filter(({ tags = [] }) => tags.includes('area:trailwatch'));
    const muted = own.filter(({ self, id }) => self !== true && id !== 'trailwatch-self-test');
    expect(idsOf(muted)).to.deep.equal([]);
    expect(own.length).to.be.above(10);
  });
});

describe('docs/watchlist-coverage.md', () => {
  it('is current', async () => {
    const text = await readFile('docs/watchlist-coverage.md', 'utf8');
    expect(text, 'run: npm run -s coverage').to.equal(coveragePage(entries));
  });

  it('refuses tags that name nothing, and entries without an area', () => {
    const [first] = entries;
    if (first === undefined) throw new Error('no entry ships');
    const of =
      (...tags: string[]) =>
      () =>
        coveragePage([{ ...first, id: 'odd', tags }]);
    expect(of('area:logging', 'cis:9.9')).to.throw('odd: the tag cis:9.9 names nothing');
    expect(of('area:logging', 'attack:T0')).to.throw('odd: the tag attack:T0 names nothing');
    expect(of('area:logging', 'plain')).to.throw('odd: the tag plain names nothing');
    expect(of('attack:T1078')).to.throw('odd: expected one tag of an area');
  });
});

interface Samples {
  readonly match: readonly unknown[];
  readonly noMatch: readonly unknown[];
}
