import { expect } from 'chai';
import type { Caller } from '../../../handler/originator/caller.ts';
import { type Chain, followChain } from '../../../handler/originator/followChain.ts';
import type { Grant } from '../../../handler/originator/grantOf.ts';
import type { SessionItem } from '../../../handler/ports.ts';
import { ACCOUNT } from '../../factories.ts';

const OTHER = '193672423079';
const SHARED = '285d3e63-4e86-4e23-8f05-9e3fcde0a14d';
const ROLE_ID = 'AROATFQR7NSC2FYAGA6MT';
const BEGIN = '2023-07-10T12:20:00Z';

const USER: Caller = {
  type: 'IAMUser',
  arn: `arn:aws:iam::${ACCOUNT}:user/bert-jan`,
  principalId: 'AIDATFQR7NSC5OSEHVQ5A',
  accountId: ACCOUNT,
  accessKeyId: 'AKIATFQR7NSC8Q4X20BJ',
  userName: 'bert-jan',
};
const EVE: Caller = {
  ...USER,
  arn: `arn:aws:iam::${ACCOUNT}:user/eve`,
  principalId: 'AIDATFQR7NSC5OSEHVQ5B',
  userName: 'eve',
};
const FOUND = { kind: 'user', name: 'bert-jan', arn: USER.arn, accountId: ACCOUNT } as const;

const keyAt = (number: number) => `ASIATFQR7NSC${String(number).padStart(4, '0')}V5LQ`;
const KEY = keyAt(0);
const SESSION = `${ROLE_ID}:s0#${BEGIN}`;

/** The caller in session `number`. */
const sessionAt = (number: number): Caller => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/s${number}`,
  principalId: `${ROLE_ID}:s${number}`,
  accountId: ACCOUNT,
  accessKeyId: keyAt(number),
  createdAt: BEGIN,
  issuerArn: `arn:aws:iam::${ACCOUNT}:role/Admin`,
});

const grantBy = (caller: Caller, identity = 'g', more: Partial<Grant> = {}): Grant => ({
  identity,
  eventId: `event ${identity}`,
  action: 'sts:AssumeRole',
  time: BEGIN,
  caller,
  ...more,
});

const item = (link: string, grants: readonly Grant[], isFull = false): SessionItem => ({
  link,
  grants,
  waiters: [],
  isFull,
});

/** Follows from a caller, with what is remembered. */
async function follow(
  caller: Caller,
  items: readonly SessionItem[],
  ours: readonly string[] = [ACCOUNT],
): Promise<Chain & { readonly reads: number }> {
  let reads = 0;
  const chain = await followChain(
    caller,
    (account) => ours.includes(account),
    async (links) => {
      reads += 1;
      return items.filter(({ link }) => links.includes(link));
    },
  );
  return { ...chain, reads };
}

const named = async (...args: Parameters<typeof follow>) => {
  const { originator } = await follow(...args);
  return originator.status === 'unresolved' ? originator.reason : originator.name;
};

const SEVERAL = 'several grants fit this session, of different callers';
const MADE_UP = 'a key of this session was given to another session too';

describe('followChain', () => {
  describe('where two sessions have one principal and second', () => {
    const mine = grantBy(USER, 'a', { accessKeyId: KEY });
    const other = grantBy(EVE, 'b', { accessKeyId: keyAt(9) });
    const unseen = (caller: Caller, grant = other) => named(caller, [item(SESSION, [grant])]);

    it('names who was given the very key', async () => {
      const both = [item(KEY, [mine]), item(SESSION, [other, mine])];
      expect(await named(sessionAt(0), both)).to.equal('bert-jan');
      const full = [item(KEY, [mine]), item(SESSION, [other], true)];
      expect(await named(sessionAt(0), full)).to.equal('bert-jan');
      // The grant of one link may be there before that of the other.
      expect(await named(sessionAt(0), [item(SESSION, [other, mine])])).to.equal('bert-jan');
    });

    it('names nobody by a grant of another key, and waits', async () => {
      const { originator, awaited } = await follow(sessionAt(0), [item(SESSION, [other])]);
      expect(originator.status).to.equal('unresolved');
      expect(awaited).to.deep.equal([KEY, SESSION]);
    });

    it('names who began a session that was given new keys since', async () => {
      expect(await unseen({ ...sessionAt(0), isFromConsole: true })).to.equal('eve');
      expect(await unseen({ ...sessionAt(0), invokedBy: 'cloudformation.amazonaws.com' })).to.equal(
        'eve',
      );
      const service = { type: 'AWSService', invokedBy: 'config.amazonaws.com' };
      expect(await unseen(sessionAt(0), { ...other, caller: service })).to.equal(
        'config.amazonaws.com',
      );
      const saml = { type: 'SAMLUser', userName: 'alice' };
      const signIn = { ...other, caller: saml, action: 'sts:AssumeRoleWithSAML' };
      expect(await unseen(sessionAt(0), signIn)).to.equal('alice');
      const { accessKeyId: _, ...masked } = sessionAt(0);
      expect(await unseen(masked)).to.equal('eve');
    });
  });

  it('passes over records of a grant that name nobody, or less', async () => {
    const key = { accessKeyId: KEY };
    const web = grantBy({ type: 'WebIdentityUser', userName: 'us-east-1:1cf667a2' }, 'a', key);
    const nobody = grantBy({ type: 'Unknown' }, 'b', key);
    expect(await named(sessionAt(0), [item(KEY, [nobody, web])])).to.equal('us-east-1:1cf667a2');
    expect(await named(sessionAt(0), [item(KEY, [nobody])])).to.include('is behind this principal');
    const pod = grantBy(
      { type: 'WebIdentityUser', userName: 'system:serviceaccount:shop:cart' },
      'c',
      {
        ...key,
        action: 'eks-auth:AssumeRoleForPodIdentity',
      },
    );
    const eks = grantBy({ type: 'AWSService', invokedBy: 'pods.eks.amazonaws.com' }, 'd', key);
    expect(await named(sessionAt(0), [item(KEY, [eks, pod])])).to.equal(
      'system:serviceaccount:shop:cart',
    );
  });

  it('names who the record names, and reads nothing', async () => {
    expect(await follow(USER, [])).to.deep.equal({
      originator: { status: 'direct', ...FOUND },
      awaited: [],
      reads: 0,
    });
  });

  it('names who was given a session, by either link', async () => {
    const grant = grantBy(USER);
    const step = {
      eventId: 'event g',
      action: 'sts:AssumeRole',
      time: BEGIN,
      arn: USER.arn,
      accountId: ACCOUNT,
    };
    for (const items of [
      [item(KEY, [grant])],
      [item(SESSION, [grant])],
      [item(KEY, [grant]), item(SESSION, [grant])],
    ]) {
      expect(await follow(sessionAt(0), items)).to.deep.equal({
        originator: { status: 'resolved', ...FOUND, chain: [step] },
        awaited: [],
        reads: 1,
      });
    }
  });

  it('gives the steps from the first on, with what there is of each', async () => {
    const saml: Caller = { type: 'SAMLUser', userName: 'alice@example.com' };
    const items = [
      item(KEY, [grantBy(sessionAt(1), 'b')]),
      item(keyAt(1), [
        { identity: 'a', action: 'sts:AssumeRoleWithSAML', time: BEGIN, caller: saml },
      ]),
    ];
    expect((await follow(sessionAt(0), items)).originator).to.deep.equal({
      status: 'resolved',
      kind: 'person',
      name: 'alice@example.com',
      chain: [
        { action: 'sts:AssumeRoleWithSAML', time: BEGIN },
        {
          eventId: 'event b',
          action: 'sts:AssumeRole',
          time: BEGIN,
          arn: sessionAt(1).arn,
          accountId: ACCOUNT,
        },
      ],
    });
  });

  it('says what is awaited where nobody has seen a session begin, and the chain up to there', async () => {
    const reason =
      'who is behind this role session is not in this record, and what began the session has not been seen';
    expect(await follow(sessionAt(0), [])).to.deep.equal({
      originator: { status: 'unresolved', reason, kind: 'unknown' },
      awaited: [KEY, SESSION],
      reads: 1,
    });
    const { originator, awaited } = await follow(sessionAt(0), [
      item(KEY, [grantBy(sessionAt(1))]),
    ]);
    expect(originator).to.include({ status: 'unresolved', reason }).and.not.have.property('name');
    expect(originator.chain).to.have.length(1);
    expect(awaited).to.deep.equal([keyAt(1), `${ROLE_ID}:s1#${BEGIN}`]);
    const onlyWaiters = { ...item(KEY, []), waiters: ['x/1'] };
    expect((await follow(sessionAt(0), [onlyWaiters])).awaited).to.deep.equal([KEY, SESSION]);
  });

  it('says whom a session claims to be where that is all there is, and never takes it for a name', async () => {
    const claimed = { ...sessionAt(0), sourceIdentity: 'alice' };
    const claim = /; whoever began the session gave alice as its source identity$/;
    const unseen = await follow(claimed, []);
    expect(unseen.originator).to.include({ status: 'unresolved', kind: 'unknown' });
    expect(unseen.originator).to.not.have.property('name');
    expect(unseen.originator.reason).to.match(claim);
    expect(unseen.awaited).to.deep.equal([KEY, SESSION]);
    const doubtful = [item(KEY, [grantBy(USER, 'a'), grantBy(EVE, 'b')])];
    expect(await named(claimed, doubtful)).to.match(claim);
    expect(await named(claimed, [item(KEY, [grantBy(USER)])])).to.equal('bert-jan');
    const lied = [
      item(KEY, [grantBy(USER, 'a'), grantBy({ ...USER, sourceIdentity: 'eve' }, 'b')]),
    ];
    expect(await named(sessionAt(0), lied)).to.equal(SEVERAL);
  });

  it('gives the service that asked for a session', async () => {
    const states: Caller = { type: 'AWSService', invokedBy: 'states.amazonaws.com' };
    const { originator } = await follow(sessionAt(0), [item(KEY, [grantBy(states)])]);
    const step = { eventId: 'event g', action: 'sts:AssumeRole', time: BEGIN };
    expect(originator).to.deep.equal({
      status: 'resolved',
      kind: 'service',
      name: 'states.amazonaws.com',
      chain: [{ ...step, service: 'states.amazonaws.com' }],
    });
    const through = grantBy({ ...USER, invokedBy: 'cloudformation.amazonaws.com' });
    const { chain } = (await follow(sessionAt(0), [item(KEY, [through])])).originator;
    expect(chain).to.deep.equal([{ ...step, arn: USER.arn, accountId: ACCOUNT }]);
  });

  it('awaits nothing where there is no link', async () => {
    const keyless: Caller = { type: 'AssumedRole', accessKeyId: 'ASIAIOSFODNN7EXAMPLE' };
    expect(await follow(keyless, [])).to.deep.equal({
      originator: {
        status: 'unresolved',
        reason: 'who is behind this role session is not in this record',
        kind: 'unknown',
      },
      awaited: [],
      reads: 0,
    });
  });

  describe('names nobody where there is doubt:', () => {
    const { accessKeyId: _key, createdAt: _time, ...unlinked } = sessionAt(0);
    const people = (one: Caller, other: Caller) => [
      item(KEY, [grantBy(one, 'a'), grantBy(other, 'b')]),
    ];
    const web: Caller = {
      type: 'WebIdentityUser',
      identityProvider: 'accounts.google.com',
      userName: '1',
    };
    const center: Caller = { type: 'IdentityCenterUser', accountId: ACCOUNT, personId: 'u-1' };
    const lambda: Caller = {
      type: 'AWSService',
      invokedBy: 'lambda.amazonaws.com',
      servedName: 'pay',
    };
    const scoped: Caller = { ...unlinked, issuedTo: 'arn:aws:lambda:eu-west-1:1:function:pay' };
    const cases: [string, readonly SessionItem[], string][] = [
      ['two callers of one key', people(USER, EVE), SEVERAL],
      [
        'two callers of one principal in one second',
        [item(SESSION, [grantBy(USER, 'a'), grantBy(EVE, 'b')])],
        SEVERAL,
      ],
      [
        'a key and a session that lead to different grants',
        [item(KEY, [grantBy(USER, 'a')]), item(SESSION, [grantBy(EVE, 'b')])],
        SEVERAL,
      ],
      ['two sessions of one role', people(sessionAt(1), sessionAt(2)), SEVERAL],
      [
        'one session of a role and the next of the same name',
        people(sessionAt(1), { ...sessionAt(1), createdAt: '2023-07-10T11:20:00Z' }),
        SEVERAL,
      ],
      [
        'two SAML users without ids',
        people({ type: 'SAMLUser', userName: 'alice' }, { type: 'SAMLUser', userName: 'mallory' }),
        SEVERAL,
      ],
      ['two providers of one name', people(web, { ...web, identityProvider: 'evil.com' }), SEVERAL],
      ['two people of Identity Center', people(center, { ...center, personId: 'u-2' }), SEVERAL],
      ['two functions', people(lambda, { ...lambda, servedName: 'steal' }), SEVERAL],
      [
        'two services',
        people(lambda, { type: 'AWSService', invokedBy: 'states.amazonaws.com' }),
        SEVERAL,
      ],
      [
        'two sessions issued to different functions',
        people(scoped, { ...scoped, issuedTo: 'arn:aws:lambda:eu-west-1:1:function:x' }),
        SEVERAL,
      ],
      [
        'two accounts',
        people(
          { type: 'AWSAccount', accountId: OTHER },
          { type: 'AWSAccount', accountId: '753273931759' },
        ),
        SEVERAL,
      ],
      [
        'an account and somebody of it in another call',
        people({ type: 'AWSAccount', accountId: ACCOUNT }, USER),
        SEVERAL,
      ],
      [
        'two copies of one call that contradict each other',
        [item(KEY, [grantBy(USER, 'a'), grantBy(EVE, 'a', { eventId: 'e2' })])],
        SEVERAL,
      ],
      [
        'a switch of roles by another user than the call',
        [
          item(SESSION, [
            grantBy(USER, 'a'),
            grantBy({ type: 'IAMUser', arn: EVE.arn ?? '', accountId: ACCOUNT }, 'b', {
              action: 'signin:SwitchRole',
            }),
          ]),
        ],
        SEVERAL,
      ],
      [
        'two users who switched',
        [
          item(
            SESSION,
            [USER, EVE].map((by) =>
              grantBy({ type: 'IAMUser', arn: by.arn ?? '' }, by.userName ?? '', {
                action: 'signin:SwitchRole',
              }),
            ),
          ),
        ],
        SEVERAL,
      ],
      [
        'more than twenty grants',
        [item(KEY, [grantBy(USER)], true)],
        'too many grants fit this session',
      ],
      [
        'more than twenty grants of the other link',
        [item(KEY, [grantBy(USER)]), item(SESSION, [], true)],
        'too many grants fit this session',
      ],
      [
        'a key that was given out a year before',
        [item(KEY, [grantBy(USER, 'a', { time: '2022-07-10T12:20:00Z' })])],
        MADE_UP,
      ],
      [
        'a key that was given out later',
        [item(KEY, [grantBy(USER, 'a', { time: '2023-07-10T12:21:01Z' })])],
        MADE_UP,
      ],
      [
        'a key that was given out again',
        [item(KEY, [grantBy(USER, 'a'), grantBy(USER, 'b', { time: '2023-07-10T14:20:00Z' })])],
        MADE_UP,
      ],
    ];
    for (const [what, items, reason] of cases) {
      it(what, async () => {
        const { originator, awaited } = await follow(sessionAt(0), items);
        expect(originator).to.deep.equal({ status: 'unresolved', reason, kind: 'unknown' });
        // Another grant may lift the doubt; nothing lifts the others.
        expect(awaited).to.deep.equal(reason === SEVERAL ? [KEY, SESSION] : []);
        const reversed = items.map((one) => ({ ...one, grants: one.grants.toReversed() }));
        expect(await named(sessionAt(0), reversed.toReversed())).to.equal(reason);
      });
    }
  });

  it('is sure where the same caller asked for all that fits', async () => {
    const again = { ...USER, accessKeyId: 'AKIATFQR7NSC8Q4X20BK', sharedEventId: SHARED };
    const items = [
      item(KEY, [grantBy(USER, 'a'), grantBy(again, 'b')]),
      item(SESSION, [grantBy(USER, 'c')]),
    ];
    expect(await named(sessionAt(0), items)).to.equal('bert-jan');
    // A table may give fields back in another order.
    const turned = Object.fromEntries(Object.entries(again).toReversed()) as Caller;
    expect(
      await named(sessionAt(0), [item(KEY, [grantBy(USER, 'a'), grantBy(turned, 'b')])]),
    ).to.equal('bert-jan');
  });

  it('takes a grant for the begin of a session that is some seconds off, or does not say when it began', async () => {
    for (const time of ['2023-07-10T12:19:00Z', '2023-07-10T12:21:00Z']) {
      expect(await named(sessionAt(0), [item(KEY, [grantBy(USER, 'a', { time })])])).to.equal(
        'bert-jan',
      );
    }
    const old = item(KEY, [grantBy(USER, 'a', { time: '2022-07-10T12:20:00Z' })]);
    const { createdAt: _, ...timeless } = sessionAt(0);
    expect(await named(timeless, [old])).to.equal('bert-jan');
    expect(await named({ ...timeless, createdAt: 'then' }, [old])).to.equal('bert-jan');
  });

  describe('over accounts', () => {
    const masked: Caller = {
      type: 'AWSAccount',
      principalId: 'AIDATFQR7NSC5OSEHVQ5A',
      accountId: OTHER,
      sharedEventId: SHARED,
    };
    const bob: Caller = {
      ...USER,
      arn: `arn:aws:iam::${OTHER}:user/bob`,
      userName: 'bob',
      accountId: OTHER,
      sharedEventId: SHARED,
    };
    const owners = grantBy(masked, SHARED, { eventId: 'e1' });
    const callers = grantBy(bob, SHARED, { eventId: 'e2' });
    const both = [ACCOUNT, OTHER];

    it('takes the caller’s own copy of a grant, whichever came first', async () => {
      for (const grants of [[owners, callers], [callers, owners], [callers]]) {
        const { originator } = await follow(sessionAt(0), [item(KEY, grants)], both);
        expect(originator).to.deep.include({ status: 'resolved', kind: 'user', name: 'bob' });
        expect(originator.chain?.map(({ eventId }) => eventId)).to.deep.equal(['e2']);
      }
    });

    it('awaits that copy where only the owner’s has come', async () => {
      const { originator, awaited } = await follow(sessionAt(0), [item(KEY, [owners])], both);
      expect(originator).to.include({ status: 'unresolved' });
      expect(originator.reason).to.match(/^who is behind this account is not in this record, and /);
      expect(awaited).to.include.members([`shared#${SHARED}`, KEY, SESSION]);
    });

    it('names an account that is not ours meanwhile', async () => {
      const { originator, awaited } = await follow(sessionAt(0), [item(KEY, [owners])]);
      expect(originator).to.deep.include({ status: 'resolved', kind: 'account', name: OTHER });
      expect(awaited).to.include(`shared#${SHARED}`);
      const { sharedEventId: _, ...unshared } = masked;
      const alone = await follow(sessionAt(0), [item(KEY, [grantBy(unshared)])]);
      expect(alone.originator).to.deep.include({
        status: 'resolved',
        kind: 'account',
        name: OTHER,
      });
    });

    it('finds the copy by the id that both share', async () => {
      const items = [item(KEY, [owners]), item(`shared#${SHARED}`, [callers])];
      expect(await named(sessionAt(0), items, both)).to.equal('bob');
      expect(await named(masked, [item(`shared#${SHARED}`, [callers])], both)).to.equal('bob');
      const { originator, awaited } = await follow(masked, []);
      expect(originator).to.deep.equal({
        status: 'direct',
        kind: 'account',
        name: OTHER,
        accountId: OTHER,
      });
      expect(awaited).to.deep.equal([`shared#${SHARED}`]);
    });

    it('says so where there is no id', async () => {
      const { sharedEventId: _, ...unshared } = masked;
      expect(await named(unshared, [], both)).to.equal(
        'who is behind this account is not in this record',
      );
    });

    it('takes a switch of roles in the console for less than the call, and for more than an account', async () => {
      const switched = grantBy({ type: 'IAMUser', arn: bob.arn ?? '', accountId: OTHER }, 's', {
        action: 'signin:SwitchRole',
      });
      for (const grants of [
        [switched],
        [switched, owners],
        [owners, callers, switched],
        [switched, callers],
      ]) {
        for (const all of [grants, grants.toReversed()]) {
          const { originator } = await follow(sessionAt(0), [item(SESSION, all)], both);
          expect(originator).to.deep.include({
            status: 'resolved',
            kind: 'user',
            name: 'bob',
            arn: bob.arn,
          });
          const whole = grants.includes(callers);
          expect(originator.chain?.[0]?.action).to.equal(
            whole ? 'sts:AssumeRole' : 'signin:SwitchRole',
          );
        }
      }
      const elsewhere = grantBy({ ...masked, accountId: '753273931759' }, SHARED);
      expect(await named(sessionAt(0), [item(SESSION, [switched, elsewhere])], both)).to.equal(
        SEVERAL,
      );
    });
  });

  describe('ends', () => {
    const chainOf = (length: number, last: Caller) =>
      Array.from({ length }, (_, number) =>
        item(keyAt(number), [
          grantBy(number === length - 1 ? last : sessionAt(number + 1), `g${number}`),
        ]),
      );

    it('after twenty sessions, be there a thousand', async () => {
      expect(await named(sessionAt(0), chainOf(20, USER))).to.equal('bert-jan');
      const { originator, awaited, reads } = await follow(sessionAt(0), chainOf(1000, USER));
      expect(originator).to.include({
        status: 'unresolved',
        reason: 'the chain is longer than 20 sessions',
      });
      expect(originator.chain).to.have.length(21);
      expect(awaited).to.deep.equal([]);
      expect(reads).to.be.at.most(21);
    });

    it('where a chain returns to itself', async () => {
      for (const length of [1, 2, 5]) {
        const { originator, reads } = await follow(sessionAt(0), chainOf(length, sessionAt(0)));
        expect(originator).to.include({
          status: 'unresolved',
          reason: 'the chain of sessions returns to itself',
        });
        expect(originator.chain).to.have.length(length);
        expect(reads).to.equal(length + 1);
      }
    });

    it('where a masked copy refers to itself', async () => {
      const masked: Caller = { type: 'AWSAccount', accountId: ACCOUNT, sharedEventId: SHARED };
      const items = [item(`shared#${SHARED}`, [grantBy(masked)])];
      expect(await named(masked, items)).to.equal('the chain of sessions returns to itself');
    });
  });

  it('throws what reading throws', async () => {
    const broken = followChain(
      sessionAt(0),
      () => false,
      async () => {
        throw new Error('no table');
      },
    );
    expect(await broken.catch((error: unknown) => String(error))).to.equal('Error: no table');
  });
});
