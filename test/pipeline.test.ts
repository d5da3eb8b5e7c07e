import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import { localQueueUrl } from '../scripts/local/createResources.ts';
import { startLambda } from '../scripts/local/lambda.ts';
import { resource } from '../scripts/local/resolveTemplate.ts';
import { lambdaOptionsOf } from '../scripts/local/startPipeline.ts';
import { keyOf, logFileOf, queueEventOf, recordOf } from './factories.ts';
import { startTestPipeline, type TestPipeline } from './startTestPipeline.ts';

const INVICTUS = 'test/data/logs/invictus/AWSLogs';
const ENTRY = 'cloudtrail-logging-stopped'; // of the shipped watchlist
const stopped = (eventID: string, fields = {}) => recordOf({ eventID, ...fields });
const idOf = (eventID: string) => `${eventID}/${ENTRY}`;

describe('the pipeline: the packaged function on the template’s resources', function () {
  this.timeout(60_000);
  let pipeline: TestPipeline;
  before(async () => {
    pipeline = await startTestPipeline();
    await pipeline.drain(); // S3's test message
  });
  after(() => pipeline?.stop());
  beforeEach(async () => {
    await pipeline.alerts();
    pipeline.emulators.mails.length = 0;
    pipeline.log.length = 0;
  });

  const ids = async () => (await pipeline.alerts()).map(({ id }) => id).sort();

  it('turns a log file into an alert, as JSON and as mail', async () => {
    await pipeline.deliver(keyOf('FIRSTFIRSTFIRST1'), logFileOf([stopped('e1')]));
    expect(await pipeline.drain()).to.equal(0);
    const [alert, ...others] = await pipeline.alerts();
    expect(others).to.deep.equal([]);
    expect(alert).to.deep.include({
      id: idOf('e1'),
      account: {
        id: '123837392027',
        alias: 'acme-lab',
        owner: 'cloud-platform',
        environment: 'test',
      },
    });
    expect(alert?.links.logFile).to.match(/^s3:\/\/trailwatch-\d{12}-us-east-1\/AWSLogs\//);
    const [mail] = pipeline.emulators.mails;
    expect(mail?.to).to.equal('alerts@example.com');
    expect(mail?.subject).to.equal('CRITICAL CloudTrail logging stopped - acme-lab - bert-jan');
    expect(mail?.body).to.match(/^bert-jan stopped the trail management-events\./);
    expect(mail?.attributes).to.deep.equal({
      severity: 'critical',
      entry: ENTRY,
      account: '123837392027',
      region: 'us-east-1',
    });
  });

  it('alerts once for the same object twice, and the same events in two objects', async () => {
    const events = [stopped('twice-1'), stopped('twice-2')];
    await pipeline.deliver(keyOf('TWICETWICETWICE1'), logFileOf(events));
    await pipeline.deliver(keyOf('TWICETWICETWICE1'), logFileOf(events));
    await pipeline.deliver(keyOf('TWICETWICETWICE2'), logFileOf(events.toReversed()));
    expect(await pipeline.drain()).to.equal(0);
    expect(await ids()).to.deep.equal([idOf('twice-1'), idOf('twice-2')]);
  });

  it('alerts once on a real trail that is delivered three times', async () => {
    const files = (await readdir(INVICTUS, { recursive: true })).filter((name) =>
      name.endsWith('.json.gz'),
    );
    for (const file of [...files, ...files.toReversed(), ...files]) {
      await pipeline.deliver(`AWSLogs/${file}`, await readFile(`${INVICTUS}/${file}`));
    }
    expect(await pipeline.drain(100)).to.equal(0);
    const found = (await pipeline.alerts()).map(({ id, followsUp }) => `${id} ${followsUp?.at}`);
    expect(found.length).to.be.within(45, 65);
    expect(new Set(found).size).to.equal(found.length);
  });

  it('does not let odd files take their neighbours with them', async () => {
    const good = logFileOf([stopped('neighbour'), null, 'odd', { eventName: ['StopLogging'] }]);
    const odd: Record<string, Uint8Array> = {
      [keyOf('ODDODDODDODDODD1')]: new TextEncoder().encode('not gzip'),
      [keyOf('ODDODDODDODDODD2')]: good.slice(0, -12),
      [keyOf('ODDODDODDODDODD3')]: new Uint8Array(),
      [keyOf('ODDODDODDODDODD4')]: gzipSync('{"Records": {}}'),
    };
    await pipeline.deliver(keyOf('DIGESTDIGESTDIGE', 'CloudTrail-Digest'), gzipSync('{}'));
    await pipeline.deliver(keyOf('INSIGHTINSIGHTIN', 'CloudTrail-Insight'), gzipSync('{}'));
    for (const [key, bytes] of Object.entries(odd)) await pipeline.deliver(key, bytes);
    await pipeline.deliver(keyOf('GOODGOODGOODGOOD'), good);
    expect((await pipeline.poll()).failed).to.equal(4);
    expect(await ids()).to.deep.equal([idOf('neighbour')]);
    const failures = pipeline.log.filter((line) => line.includes('log file failed'));
    for (const key of Object.keys(odd)) {
      expect(
        failures.filter((line) => line.includes(key)),
        key,
      ).to.have.length(1);
    }
  });

  it('moves what fails five times to the dead-letter queue', async () => {
    await pipeline.drain(20);
    const url = resource(pipeline.template, 'DeadLetterQueue').physicalId;
    const { Attributes } = await pipeline.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: await localQueueUrl(pipeline.clients.sqs, url),
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    expect(Attributes?.['ApproximateNumberOfMessages']).to.equal('4');
  });

  it('delivers again after SNS failed, and alerts once', async () => {
    await pipeline.deliver(keyOf('SNSFAILSSNSFAILS'), logFileOf([stopped('sns-1')]));
    pipeline.emulators.failNext('sns', 'PublishBatch', 3); // as often as the SDK tries
    expect((await pipeline.poll()).failed).to.equal(1);
    expect(await ids()).to.deep.equal([]);
    expect(await pipeline.drain()).to.equal(0);
    expect(await ids()).to.deep.equal([idOf('sns-1')]);
  });

  it('alerts after the function is killed between claim and confirmation', async () => {
    await pipeline.deliver(keyOf('KILLEDKILLEDKILL'), logFileOf([stopped('killed')]));
    const { calls } = pipeline.emulators;
    const before = calls.length;
    const dying = pipeline.poll();
    while (!calls.slice(before).some(({ action }) => action === 'UpdateItem')) await setTimeout(1);
    pipeline.lambda.kill('SIGKILL');
    expect((await dying).failed).to.equal(1);
    const firstCopies = await ids();
    expect((await pipeline.poll()).failed, 'while the lease runs').to.equal(1);
    await pipeline.endLease(idOf('killed'));
    expect(await pipeline.drain()).to.equal(0);
    const copies = [...firstCopies, ...(await ids())];
    expect(new Set(copies)).to.deep.equal(new Set([idOf('killed')]));
    expect(copies.length).to.be.at.most(2);
  });

  it('alerts once when two functions race for one message', async () => {
    const keys = [keyOf('RACERACERACERAC1'), keyOf('RACERACERACERAC2')];
    const records = Array.from({ length: 30 }, (_, index) => stopped(`race-${index}`));
    for (const key of keys) await pipeline.deliver(key, logFileOf(records));
    const other = await startLambda(lambdaOptionsOf(pipeline));
    try {
      const bucket = resource(pipeline.template, 'TrailBucket').physicalId;
      const event = queueEventOf(keys, bucket);
      await Promise.all([other.invoke(event), pipeline.lambda.invoke(event)]);
      await pipeline.drain();
    } finally {
      await other.stop();
    }
    const expected = records.map(({ eventID }) => idOf(String(eventID))).sort();
    expect(await ids()).to.deep.equal(expected);
  });

  it('alerts within SNS’s limits for a record of 256 KB and for hostile text', async () => {
    const big = stopped('big', { requestParameters: { name: 'é'.repeat(128 * 1024) } });
    const hostile = stopped('hostile', {
      userAgent: '\u001b[31mred\u001b[0m\r\nSubject: spoofed\u202e',
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::1:user/${'x\n'.repeat(3000)}` },
      awsRegion: '\u0000',
      responseElements: { note: '<script>'.repeat(10_000) },
    });
    await pipeline.deliver(keyOf('BIGBIGBIGBIGBIGB'), logFileOf([big, hostile]));
    expect(await pipeline.drain()).to.equal(0);
    const alerts = await pipeline.alerts();
    expect(alerts.map(({ id }) => id).sort()).to.deep.equal([idOf('big'), idOf('hostile')]);
    const record = alerts.find(({ id }) => id === idOf('big'))?.record;
    expect(record).to.include({ omitted: true });
    expect(record?.['bytes']).to.be.within(256 * 1024, 300 * 1024);
  });

  it('accepts what AWS’s other senders put into the queue', async () => {
    const key = keyOf('SENDERSENDERSEND');
    const bucket = resource(pipeline.template, 'TrailBucket').physicalId;
    await pipeline.deliver(key, logFileOf([stopped('senders')]));
    await pipeline.drain();
    await pipeline.alerts();
    const cloudTrail = { s3Bucket: bucket, s3ObjectKey: [key] };
    const bodies = [
      cloudTrail,
      { Type: 'Notification', Message: JSON.stringify(cloudTrail) },
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: { bucket: { name: bucket }, object: { key } },
      },
    ];
    for (const body of bodies) {
      const result = await pipeline.lambda.invoke(body);
      expect(result).to.deep.include({ ok: true });
    }
    const report = JSON.parse(pipeline.log.at(-1) ?? '{}') as Record<string, unknown>;
    expect(report).to.include({ logFiles: 1, alertsSentBefore: 1 });
    expect(await pipeline.lambda.invoke({ hello: 1 })).to.deep.include({ ok: false });
  });
});
