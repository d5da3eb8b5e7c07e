import { expect } from 'chai';
import { compileAccountAliases, parseAccountAlias } from '../../handler/accountAlias.ts';

const MINIMAL = { accountId: '111122223333', alias: 'acme-prod' };
const FULL = { ...MINIMAL, owner: 'cloud-platform', environment: 'prod', ou: 'Workloads/Prod' };

describe('parseAccountAlias', () => {
  it('takes an alias with and without the optional names', () => {
    for (const alias of [MINIMAL, FULL]) {
      expect(parseAccountAlias(alias)).to.deep.equal({ value: alias });
    }
  });

  it('names each field that is missing, unknown or wrong', () => {
    const bad: readonly (readonly [string, unknown])[] = [
      ['accountId', { alias: 'a' }],
      ...[
        '',
        '11112222333',
        '1111222233334',
        '11112222333x',
        ' 111122223333',
        '111122223333\n',
      ].map((accountId) => ['accountId', { ...MINIMAL, accountId }] as const),
      ['accountId', { ...MINIMAL, accountId: 111122223333 }],
      ['alias', { accountId: MINIMAL.accountId }],
      ...['alias', 'owner', 'environment', 'ou'].flatMap((field) =>
        ['', 'x'.repeat(101), 5, null, ['a']].map(
          (value) => [field, { ...MINIMAL, [field]: value }] as const,
        ),
      ),
      ['Owner', { ...MINIMAL, Owner: 'a' }],
    ];
    for (const [field, value] of bad) {
      const parsed = parseAccountAlias(value);
      expect(parsed, JSON.stringify(value)).to.have.property('problems').with.length(1);
      expect('problems' in parsed && parsed.problems[0]).to.match(new RegExp(`^${field}: `));
    }
  });
});

describe('compileAccountAliases', () => {
  it('keeps aliases by their account', () => {
    const other = { accountId: '444455556666', alias: 'x'.repeat(100) };
    const { byAccountId, refused } = compileAccountAliases([FULL, other]);
    expect(refused).to.deep.equal([]);
    expect([...byAccountId]).to.deep.equal([
      ['111122223333', FULL],
      ['444455556666', other],
    ]);
  });

  it('leaves out a malformed row, names it on one safe line, and keeps the others', () => {
    const rows = [
      { ...MINIMAL, accountId: '444455556666', alias: '', colour: 'red' },
      null,
      { ...MINIMAL, accountId: '\u001b[31m\n1' },
      FULL,
      { alias: 'nobody' },
    ];
    const { byAccountId, refused } = compileAccountAliases(rows);
    expect([...byAccountId.keys()]).to.deep.equal(['111122223333']);
    expect(refused).to.have.length(4);
    expect(refused[0]).to.match(/^444455556666: alias: .*; colour: unknown field$/);
    expect(refused[1]).to.match(/^a row without accountId: Invalid type/);
    expect(refused[2]).to.equal('\\u{1b}[31m\\u{a}1: accountId: must be 12 digits, as a string');
    expect(refused[3]).to.equal('a row without accountId: accountId: missing');
  });
});
