import { expect } from 'chai';
import { buildAlert } from '../../../handler/buildAlert.ts';
import { compileWatchlist } from '../../../handler/compileWatchlist.ts';
import type { Waiting } from '../../../handler/originator/awaitGrant.ts';
import { explanationOf } from '../../../handler/originator/explanationOf.ts';
import { compileSuppressions } from '../../../handler/suppression.ts';
import { ACCOUNT, BUCKET, keyOf, matchOf, roleRecordOf, rowOf } from '../../factories.ts';

describe('explanationOf', () => {
  const { recipientAccountId: _, ...record } = roleRecordOf();
  const alert = buildAlert(matchOf(roleRecordOf()), {
    logFile: { bucket: BUCKET, key: keyOf() },
    accountId: ACCOUNT,
    aliases: new Map(),
    now: 0,
  });
  const waiting: Waiting = { alert, caller: {}, record };
  const by = (name: string, more: object = {}) => ({
    trailwatch: { originator: { name: [name] }, ...more },
  });
  const contextOf = (unless: Record<string, unknown>[], pattern: Record<string, unknown>) => ({
    watchlist: compileWatchlist([rowOf({ unless })]),
    suppressions: compileSuppressions(
      [{ id: 'known', reason: 'r', owner: 'o', expiresAt: 1_700_000_000, pattern }],
      new Map(),
      1_690_000_000,
    ).suppressions,
    aliases: new Map(),
  });
  const found = { status: 'resolved', kind: 'user', name: 'bert-jan' } as const;

  it('says which exception would have kept an alert quiet', () => {
    const excepted = contextOf([by('bert-jan')], by('bert-jan'));
    expect(explanationOf(waiting, found, excepted)).to.equal('an exception of the entry');
    const suppressed = contextOf([by('eve')], by('bert-jan'));
    expect(explanationOf(waiting, found, suppressed)).to.equal('the suppression known');
    expect(explanationOf(waiting, found, contextOf([by('eve')], by('eve')))).to.equal(undefined);
  });

  it('knows the account of a record that does not name it from the alert', () => {
    const inProd = contextOf([by('bert-jan', { account: { alias: ['prod'] } })], {});
    const context = {
      ...inProd,
      aliases: new Map([[ACCOUNT, { accountId: ACCOUNT, alias: 'prod' }]]),
    };
    for (const account of [{ id: ACCOUNT }, {}]) {
      const of = { ...waiting, alert: { ...alert, account } };
      const explained = explanationOf(of, found, context);
      expect(explained).to.equal(account.id && 'an exception of the entry');
    }
  });

  it('finds none for what cannot be suppressed, or was kept without its record', () => {
    const context = contextOf([by('eve')], by('bert-jan'));
    expect(explanationOf({ ...waiting, isSelf: true }, found, context)).to.equal(undefined);
    const { record: _record, ...rest } = waiting;
    expect(explanationOf(rest, found, contextOf([by('bert-jan')], {}))).to.equal(undefined);
  });
});
