import { expect } from 'chai';
import { outcomeOf } from '../../handler/outcomeOf.ts';
import { bundledRecords } from '../bundledLogs.ts';
import { recordOf } from '../factories.ts';

describe('outcomeOf', () => {
  it('is a failure with an error code, an error message or a failed sign-in', () => {
    const failures = [
      { errorCode: 'AccessDenied' },
      { errorCode: 'Client.DryRunOperation' },
      { errorMessage: 'Failed authentication' },
      { errorCode: '', errorMessage: 'No' },
      { responseElements: { ConsoleLogin: 'Failure' } },
      { errorCode: ['AccessDenied'] }, // filled, if oddly
    ];
    for (const fields of failures) expect(outcomeOf(recordOf(fields))).to.equal('failure');
  });

  it('is a success otherwise', () => {
    const successes = [
      {},
      { errorCode: '', errorMessage: '' },
      { errorCode: null, errorMessage: null },
      { responseElements: { ConsoleLogin: 'Success' } },
      { responseElements: { ConsoleLogin: ['Failure'] } },
      { responseElements: { CheckMfa: 'Failure' } },
      { responseElements: 'Failure' },
      { ConsoleLogin: 'Failure' },
    ];
    for (const fields of successes) expect(outcomeOf(recordOf(fields))).to.equal('success');
  });

  it('knows how real sign-ins ended', () => {
    const outcomes = bundledRecords('awsdocs', '2022/11/10').map((record) => [
      record.eventName,
      outcomeOf(record),
    ]);
    expect(outcomes).to.deep.equal([
      ['ConsoleLogin', 'success'],
      ['ConsoleLogin', 'failure'],
      ['CheckMfa', 'success'],
      ['CheckMfa', 'success'],
      ['ConsoleLogin', 'success'],
      ['ConsoleLogin', 'success'],
      ['ConsoleLogin', 'failure'],
      ['EnableMFADevice', 'success'],
      ['PasswordUpdated', 'success'],
    ]);
  });
});
