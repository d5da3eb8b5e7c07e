import { expect } from 'chai';
import { copyLink, keyLink, linksOf, sessionLink } from '../../../handler/originator/links.ts';

const KEY = 'ASIATFQR7NSC7V5LQ3NM';
const ROLE = 'AROATFQR7NSC2FYAGA6MT';
const TIME = '2023-07-10T12:20:00Z';

describe('keyLink', () => {
  it('links by a temporary key', () => {
    expect(keyLink(KEY)).to.equal(KEY);
    expect(keyLink(`ASIA${'Q7'.repeat(60)}`)).to.have.length(124);
  });

  const others: [string, string | undefined][] = [
    ['no key', undefined],
    ['an empty one', ''],
    ['a long-term key, whose record names its user', 'AKIATFQR7NSC8Q4X20BJ'],
    ['one of documentation', 'ASIAIOSFODNN7EXAMPLE'],
    ['another one of documentation', 'ASIAEXAMPLE23456QRST'],
    ['one counted up', 'ASIA1234567890ABCDEF'],
    ['one spelled out', 'ASIAABCDEFGHIJKLMNOP'],
    ['one masked by asterisks', 'ASIA****************'],
    ['one masked by letters', 'ASIAXXXXXXXXXXXXXXXX'],
    ['one masked but for its end', 'ASIAXXXXXXXXXXXXQ3NM'],
    ['one masked but for its begin', 'ASIATFQRXXXXXXXXXXXX'],
    ['one masked by a word', 'ASIAREDACTEDREDACTED'],
    ['one that is too short', 'ASIATFQR7NSC7V5'],
    ['one that is too long', `ASIA${'Q7'.repeat(63)}`],
    ['one in small letters', 'asiatfqr7nsc7v5lq3nm'],
    ['one with a line break', `${KEY}\n`],
    ['one with a second', `${KEY},${KEY}`],
    ['a prototype name', '__proto__'],
  ];
  for (const [what, key] of others) {
    it(`does not link by ${what}`, () => expect(keyLink(key)).to.equal(undefined));
  }
});

describe('sessionLink', () => {
  it('links by the principal and the second in which its session began', () => {
    const names = [
      'deploy-42',
      'alice@example.com',
      'a:b',
      'XXXXXXXXXXXXXXXX',
      'EXAMPLE',
      'a\n<b>',
    ];
    for (const name of names) {
      expect(sessionLink(`${ROLE}:${name}`, TIME)).to.equal(`${ROLE}:${name}#${TIME}`);
    }
    for (const id of [ROLE, '123837392027', '123456789012']) {
      expect(sessionLink(id, TIME)).to.equal(`${id}#${TIME}`);
    }
  });

  const others: [string, string | undefined, string | undefined][] = [
    ['a principal without a time', `${ROLE}:s`, undefined],
    ['a time without a principal', undefined, TIME],
    ['a principal of documentation', 'AROAIDPPEZS35WEXAMPLE:s', TIME],
    ['a principal masked by letters', 'AROAXXXXXXXXXXXXXXXXX:s', TIME],
    ['a principal masked by asterisks', 'AROA*****:s', TIME],
    ['a principal cut short', 'AROAEXAMPLEID:s', TIME],
    ['what ends in a colon', `${ROLE}:`, TIME],
    ['a name that holds the mark of a link', `${ROLE}:s#${TIME}`, TIME],
    ['a name that is too long', `${ROLE}:${'s'.repeat(201)}`, TIME],
    ['an account with a name that is none', '12345678901:s', TIME],
    ['a service', 'lambda.amazonaws.com', TIME],
    ['a prototype name', 'constructor', TIME],
    ['a time in parts of seconds', `${ROLE}:s`, '2023-07-10T12:20:00.123Z'],
    ['a time in another zone', `${ROLE}:s`, '2023-07-10T12:20:00+02:00'],
    ['a time in the basic format', `${ROLE}:s`, '20230710T122000Z'],
    ['a time with more to it', `${ROLE}:s`, `${TIME}\n`],
  ];
  for (const [what, principalId, createdAt] of others) {
    it(`does not link by ${what}`, () => {
      expect(sessionLink(principalId, createdAt)).to.equal(undefined);
    });
  }
});

describe('copyLink', () => {
  const ID = '285d3e63-4e86-4e23-8f05-9e3fcde0a14d';

  it('links by the id that both copies of a call share', () => {
    expect(copyLink({ sharedEventId: ID })).to.equal(`shared#${ID}`);
  });

  it('does not link by anything else', () => {
    expect(copyLink({})).to.equal(undefined);
    for (const sharedEventId of ['', 'x', ID.toUpperCase(), `${ID}0`, ` ${ID}`, '__proto__']) {
      expect(copyLink({ sharedEventId })).to.equal(undefined);
    }
  });
});

describe('linksOf', () => {
  it('gives the key first, then the session; those there are', () => {
    const caller = { accessKeyId: KEY, principalId: `${ROLE}:s`, createdAt: TIME };
    const session = `${ROLE}:s#${TIME}`;
    expect(linksOf(caller)).to.deep.equal([KEY, session]);
    expect(linksOf({ ...caller, accessKeyId: 'ASIAIOSFODNN7EXAMPLE' })).to.deep.equal([session]);
    expect(linksOf({ accessKeyId: KEY, principalId: `${ROLE}:s` })).to.deep.equal([KEY]);
    expect(linksOf({})).to.deep.equal([]);
  });

  it('takes no long over hostile texts', () => {
    const long = 'A'.repeat(1_000_000);
    const begin = performance.now();
    for (const text of [long, `ASIA${long}`, `${ROLE}:${long}`, `${long}:${long}`]) {
      expect(linksOf({ accessKeyId: text, principalId: text, createdAt: TIME })).to.deep.equal([]);
      expect(copyLink({ sharedEventId: text })).to.equal(undefined);
    }
    expect(performance.now() - begin).to.be.below(1000);
  });
});
