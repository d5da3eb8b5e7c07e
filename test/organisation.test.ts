import { expect } from 'chai';
import type { Alert } from '../handler/alert.ts';
import { generateOrganisation } from '../scripts/organisation/generateOrganisation.ts';
import type { Truth } from '../scripts/organisation/organisation.ts';
import { watchOrganisation } from '../scripts/organisation/watchOrganisation.ts';

/** Throws if a call is named wrongly in the end; false if it is not named. */
function isNamed(truth: Truth, messages: readonly Alert[], what: string): boolean {
  const told = messages.at(-1)?.originator;
  if (told === undefined || told.status === 'unresolved') return false;
  const text = `${what}: ${JSON.stringify([truth, told])}`;
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
        expect(messages.length, `seed ${seed}, ${eventId}`).to.be.within(1, 2);
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
