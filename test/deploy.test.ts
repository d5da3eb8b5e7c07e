import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { readTemplate } from '../scripts/local/template/readTemplate.ts';
import { expectAlert } from './alertShape.ts';
import { awsCli } from './deploy/awsCli.ts';
import { forEmulator, LEFT_OUT } from './deploy/forEmulator.ts';
import { type Ministack, startMinistack } from './deploy/ministack.ts';
import { refuseIfNotInstalled } from './deploy/refuseIfNotInstalled.ts';
import { runCommand } from './deploy/runCommand.ts';
import { workingCopy } from './deploy/workingCopy.ts';
import { ACCOUNT, keyOf, logFileOf, recordOf } from './factories.ts';

const STACK = 'trailwatch';
const BUCKET = 'ARTIFACT_BUCKET=my-artifacts';
const ADDRESSES = ['ALERT_EMAIL=alerts@example.com', 'OPERATIONS_EMAIL=operations@example.com'];

// The README's commands on a new account, then a log file: make and the AWS CLI as a user has them,
// policies enforced. The emulator accepts time to live, point-in-time recovery and lifecycle rules
// without effect, and polls the queue without the role's permission; test/template/ reads those.
describe('deploying with make and the AWS CLI', function () {
  this.timeout(90_000);
  this.bail(true); // each step stands on the last
  let emulator: Ministack;
  let folder: string;
  let cli: ReturnType<typeof awsCli>;
  let run: (command: string, ...args: readonly string[]) => Promise<string>;
  before(async () => {
    await refuseIfNotInstalled();
    emulator = await startMinistack();
    folder = await workingCopy(emulator.folder);
    const surroundings = { cwd: folder, env: emulator.environment, signal: emulator.ended };
    cli = awsCli(surroundings, emulator.endpoint);
    run = (command, ...args) => runCommand(surroundings, command, ...args);
  });
  afterEach(function () {
    if (this.currentTest?.state === 'failed') console.error(emulator.log().slice(-8000));
  });
  after(() => emulator?.stop());

  const output = async (name: string) => {
    const value = (await cli.outputsOf(STACK))[name];
    if (value === undefined) throw new Error(`The stack has no output ${name}`);
    return value;
  };
  const rowsOf = async (table: string) => {
    const items = (await cli.itemsOf(table)) as Record<string, AttributeValue>[];
    return items.map((item) => unmarshall(item));
  };
  const seedData = async (name: string) =>
    JSON.parse(await readFile(join(folder, 'seed-data', name), 'utf8')) as Readonly<
      Record<string, unknown>
    >[];

  it('packages the function into a new bucket', async () => {
    await run('aws', 's3', 'mb', 's3://my-artifacts');
    await run('make', 'package', BUCKET);
    const listing = await run('aws', 's3', 'ls', '--recursive', 's3://my-artifacts');
    expect(listing).to.match(/^.* trailwatch\/[0-9a-f]{64}\.zip\n$/);
  });

  it('creates every resource and output of the template', async () => {
    await run('make', 'deploy', BUCKET, ...ADDRESSES);
    const template = readTemplate(await readFile(join(folder, 'template.yaml'), 'utf8'));
    expect(await cli.resourcesOf(STACK)).to.have.deep.members(
      Object.entries(template.Resources).map(([id, { Type }]) => [id, Type, 'CREATE_COMPLETE']),
    );
    expect(await cli.outputsOf(STACK)).to.have.all.keys(Object.keys(template.Outputs));
  });

  it('has nothing to deploy the second time', async () => {
    expect(await run('make', 'deploy', BUCKET, ...ADDRESSES)).to.include('No changes to deploy');
  });

  it('seeds the tables with all that the files hold', async () => {
    await run('make', 'seed');
    const stored = await rowsOf(await output('WatchlistTable'));
    const isList = (row: object) => 'eventName' in row && row.eventName === '$list';
    const lists = JSON.parse(await readFile('seed-data/lists.json', 'utf8')) as object;
    expect(stored.filter(isList)).to.have.deep.members(
      Object.entries(lists).map(([id, conditions]) => ({ eventName: '$list', id, conditions })),
    );
    const seeded = stored
      .filter((row) => !isList(row))
      .map(({ since, ...row }) => {
        expect(since).to.match(/^\d{4}-\d\d-\d\dT/);
        return row;
      });
    const rows = (await seedData('watchlist.json')).flatMap((entry) =>
      [entry['eventName']].flat().map((eventName) => ({ ...entry, eventName })),
    );
    expect(seeded).to.have.deep.members(rows);
    const aliases = await rowsOf(await output('AccountAliasTable'));
    expect(aliases).to.have.deep.members(await seedData('aliases.json'));
  });

  it('has nothing to seed the second time', async () => {
    const summaries = (await run('make', 'seed')).split('\n').filter((line) => /added/.test(line));
    expect(summaries).to.have.length(4);
    for (const summary of summaries) expect(summary).to.include(': 0 added, 0 changed, ');
  });

  it('turns a log file into an alert', async () => {
    const queue = await cli.subscribe(await output('AlertTopicArn'), 'subscriber');
    const bucket = await output('TrailBucketName');
    const records = [recordOf({ eventID: 'e1' }), recordOf({ eventName: 'DescribeTrails' })];
    await writeFile(join(folder, 'log-file'), logFileOf(records));
    await run('aws', 's3', 'cp', 'log-file', `s3://${bucket}/${keyOf()}`);
    const alerts = (await cli.messagesIn(queue)).map(expectAlert);
    expect(alerts.map(({ id }) => id)).to.deep.equal(['e1/cloudtrail-logging-stopped']);
    const [alert] = alerts;
    expect(alert?.account).to.include({ id: ACCOUNT, alias: 'acme-lab' });
    expect(alert?.links.logFile).to.equal(`s3://${bucket}/${keyOf()}`);
  });

  it('leaves out nothing that the emulator accepts', async () => {
    const template = await readFile('template.yaml', 'utf8');
    for (const row of LEFT_OUT) {
      const others = LEFT_OUT.filter((other) => other !== row);
      await writeFile(join(folder, 'more.yaml'), forEmulator(template, others));
      const answer = await cli.validateTemplate('more.yaml').then(() => 'accepted', String);
      expect(answer, row.path).to.include('Template format error');
    }
  });
});
