import { expect } from 'chai';
import { compileTrusted } from '../../handler/compileTrusted.ts';

describe('compileTrusted', () => {
  it('trusts the accounts of the list trusted-accounts', () => {
    const isTrusted = compileTrusted(
      new Map([['trusted-accounts', ['111122223333', { prefix: '4444' }]]]),
    );
    const asked = ['111122223333', '444455556666', '999988887777'];
    expect(asked.map(isTrusted)).to.deep.equal([true, true, false]);
  });

  it('takes each organisation for ours until one is named', () => {
    const of = (...conditions: string[]) =>
      compileTrusted(new Map([['trusted-accounts', conditions]]));
    expect(of()('o-a1b2c3d4e5')).to.equal(true);
    expect(of('o-a1b2c3d4e5')('o-a1b2c3d4e5')).to.equal(true);
    expect(of('o-a1b2c3d4e5')('o-evilevilevil')).to.equal(false);
    expect(of('o-a1b2c3d4e5')('111122223333')).to.equal(false);
  });

  it('trusts nobody without that list, or with one that is none', () => {
    for (const lists of [new Map(), new Map([['trusted-accounts', [{ nonsense: 1 }]]])]) {
      expect(compileTrusted(lists)('111122223333')).to.equal(false);
    }
  });
});
