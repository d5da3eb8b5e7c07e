import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { getLogFile } from '../../../handler/aws/getLogFile.ts';

const REF = { bucket: 'trail', key: 'AWSLogs/a b+c.json.gz' };

describe('getLogFile', () => {
  const client = new S3Client({ region: 'eu-central-1' });
  after(() => client.destroy());
  afterEach(() => sinon.restore());

  const answering = (object: unknown) =>
    (
      sinon.stub(client, 'send') as unknown as sinon.SinonStub<[unknown], Promise<unknown>>
    ).resolves(object);
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => 'no error',
      (error: Error) => error.message,
    );

  it('downloads the object of a bucket and key', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const send = answering({
      ContentLength: 3, // as large as it may be
      Body: { transformToByteArray: async () => bytes },
    });
    expect(await getLogFile(client)(REF, 3)).to.equal(bytes);
    const [command] = send.firstCall.args;
    expect(command).to.be.instanceOf(GetObjectCommand);
    expect((command as GetObjectCommand).input).to.deep.equal({ Bucket: 'trail', Key: REF.key });
  });

  it('refuses a larger one unread, and names size and parameter', async () => {
    const cancel = sinon.spy(async () => {});
    const Body = {
      transformToWebStream: () => ({ cancel }),
      transformToByteArray: async () => expect.fail('it was read'),
    };
    answering({ ContentLength: 101, Body });
    expect(await failure(getLogFile(client)(REF, 100))).to.match(/101 bytes.*100.*HandlerMemory/);
    expect(cancel.calledOnce).to.equal(true);
  });

  it('fails where S3 sends no body, or fails', async () => {
    answering({});
    expect(await failure(getLogFile(client)(REF, 100))).to.equal('S3 sent no body');
  });

  it('takes an object of unknown length', async () => {
    const bytes = new Uint8Array([1]);
    answering({ Body: { transformToByteArray: async () => bytes } });
    expect(await getLogFile(client)(REF, 100)).to.equal(bytes);
  });
});
