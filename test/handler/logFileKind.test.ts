import { expect } from 'chai';
import fc from 'fast-check';
import { LOG_FILE_SUFFIX, logFileKind } from '../../handler/logFileKind.ts';
import { bundledLogs } from '../bundledLogs.ts';
import { ACCOUNT, keyOf } from '../factories.ts';

const LOG_FILE = {
  kind: 'log file',
  accountId: ACCOUNT,
  time: Date.parse('2023-07-10T12:25:00Z'),
};

describe('logFileKind', () => {
  it('knows a log file, its account and its time', () => {
    expect(logFileKind(keyOf())).to.deep.equal(LOG_FILE);
  });

  it('knows it below an organisation id and below every kind of prefix', () => {
    const org = keyOf().replace('AWSLogs/', 'AWSLogs/o-abc1234567/');
    const prefixes = [
      'o-abc1234567/', // Control Tower's
      'security/trails/',
      'AWSLogs/',
      'my AWSLogs/o-abc1234567/',
      'CloudTrail-Digest/',
      `AWSLogs/${ACCOUNT}/CloudTrail-Digest/us-east-1/`,
      keyOf('BBBBBBBBBBBBBBBB', 'CloudTrail-Insight', '999999999999').replace(/[^/]+$/, ''),
      'ünïcode and\nnewline/',
    ];
    for (const key of [keyOf(), org]) {
      for (const prefix of ['', ...prefixes]) {
        expect(logFileKind(prefix + key), prefix + key).to.deep.equal(LOG_FILE);
      }
    }
  });

  it('reads network activity like a log file', () => {
    expect(logFileKind(keyOf('A', 'CloudTrail-NetworkActivity'))).to.deep.equal(LOG_FILE);
  });

  it('tells digest, Insight and aggregated files by their folder, below any prefix', () => {
    const folders = { Digest: 'digest', Insight: 'insight', Aggregated: 'aggregated' };
    for (const [folder, kind] of Object.entries(folders)) {
      const key = keyOf('A', `CloudTrail-${folder}`);
      for (const prefix of ['', 'o-abc1234567/', 'AWSLogs/', 'CloudTrail/']) {
        expect(logFileKind(prefix + key)).to.deep.equal({ kind });
      }
    }
  });

  it('takes everything else for foreign', () => {
    const keys = [
      '',
      'AWSLogs/',
      'photo.json.gz',
      `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2023/07/10/`,
      keyOf().replace(LOG_FILE_SUFFIX, '.json'),
      keyOf().replace(LOG_FILE_SUFFIX, '.gz'),
      `${keyOf()}.tmp`,
      `${keyOf()}/more`,
      keyOf('A', 'CloudTrail', '12345'),
      keyOf('A', 'CloudTrail', '1234567890123'),
      keyOf('A', 'vpcflowlogs'),
      keyOf('A', 'Config'),
      keyOf('A', 'cloudtrail'),
      keyOf('A', 'CloudTrail-Unheard'),
      keyOf('A', 'constructor'),
      keyOf('A', '__proto__'),
      `my${keyOf()}`, // no path element AWSLogs
      keyOf().replace('AWSLogs/', 'AWSLogs/r-abc/'),
      keyOf().replace('/2023/07/10/', '/2023/07/'),
      keyOf().replace('/us-east-1/', '/'),
    ];
    for (const key of keys) expect(logFileKind(key), key).to.deep.equal({ kind: 'foreign' });
  });

  it('gives a log file no time where its name says none', () => {
    const names = ['anything', `${ACCOUNT}_CloudTrail_us-east-1_20231340T9999Z_A`];
    for (const name of names) {
      const key = keyOf().replace(/[^/]+$/, name + LOG_FILE_SUFFIX);
      expect(logFileKind(key)).to.deep.equal({ kind: 'log file', accountId: ACCOUNT });
    }
  });

  it('knows the real ones', () => {
    const kinds = bundledLogs('awsdocs').map(({ key }) => logFileKind(key).kind);
    expect(kinds.filter((kind) => kind === 'log file')).to.have.length(5);
    expect(kinds.filter((kind) => kind === 'insight')).to.have.length(1);
    for (const { key } of bundledLogs('invictus')) {
      expect(logFileKind(key)).to.include({ kind: 'log file', accountId: '218007301253' });
    }
  });

  it('never throws, and finds no account that is not in the key', () => {
    const element = fc.constantFrom(
      'AWSLogs',
      'CloudTrail',
      'o-a1',
      ACCOUNT,
      '2023',
      '07',
      '/',
      '',
    );
    const key = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(element, fc.string())).map((elements) => elements.join('/')),
    );
    fc.assert(
      fc.property(key, (text) => {
        const found = logFileKind(text);
        if (found.kind === 'log file') expect(text).to.include(`/${found.accountId}/`);
      }),
    );
  });
});
