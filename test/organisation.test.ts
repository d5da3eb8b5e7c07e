import { expect } from 'chai';
import type { Alert } from '../handler/alert.ts';
import { generateOrganisation } from '../scripts/organisation/generateOrganisation.ts';
import type { Truth } from '../scripts/organisation/organisation.ts';
import { watchOrganisation } from '../scripts/organisation/watchOrganisation.ts';

/**
 * Throws if any message names a call wrongly, or one follows another that had said it; false if the
 * last names nobody. An account that is a caller's may be told more closely by a follow-up.
 */
function isNamed(truth: Truth, messages: readonly Alert[], what: string): boolean {
  const [first, ...later] = messages.map(({ originator }) => originator);
  const told = later.at(-1) ?? first;
  const text = `${what}: ${JSON.stringify([truth, first, told])}`;
  const mayFollow = first?.status === 'unresolved' || first?.kind === 'account';
  expect(later.length, text).to.be.at.most(mayFollow ? 1 : 0);
  if (told === undefined || told.status === 'unresolved') return false;
  expect([told.kind, told.name], text).to.deep.equal([truth.kind, truth.name]);
  return true;
}

describe('a generated organisation', () => {
  it('has every call named in the end by who really acted, or not at all', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const organisation = generateOrganisation({ seed, uses: 500 });
      const told = await watchOrganisation(organisation, organisation.accounts);
      let named = 0;
      let followed = 0;
      for (const [eventId, truth] of organisation.truth) {
        const messages = told.get(eventId) ?? [];
        expect(messages, `seed ${seed}, ${eventId}`).to.not.have.length(0);
        followed += messages.length - 1;
        if (isNamed(truth, messages, `seed ${seed}, ${eventId}`)) named += 1;
      }
      expect(named / organisation.truth.size, `named of seed ${seed}`).to.be.at.least(0.99);
      expect(followed, 'late grants').to.be.above(20);
    }
  }).timeout(120_000);

  it('is named the same in the end where no account is known', async () => {
    const organisation = generateOrganisation({ seed: 7, uses: 500 });
    const told = await watchOrganisation(organisation, []);
    const named = [...organisation.truth].filter(([eventId, truth]) =>
      isNamed(truth, told.get(eventId) ?? [], eventId),
    );
    expect(named.length / organisation.truth.size).to.be.at.least(0.95);
  }).timeout(120_000);

  it('has those named who asked for sessions', async () => {
    const organisation = generateOrganisation({ seed: 6, uses: 300 });
    const told = await watchOrganisation(organisation, organisation.accounts);
    // Of two copies of one call one is told.
    const asked = [...organisation.grantTruth].filter(([eventId]) => told.has(eventId));
    const named = asked.filter(([eventId, truth]) =>
      isNamed(truth, told.get(eventId) ?? [], eventId),
    );
    expect(asked.length).to.be.above(50);
    expect(named.length / asked.length).to.be.at.least(0.95);
  }).timeout(120_000);
});
