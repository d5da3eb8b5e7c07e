import { createServer, type Socket } from 'node:net';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { getLogFile } from '../../../handler/aws/getLogFile.ts';
import { TIMEOUTS } from '../../../handler/aws/timeouts.ts';
import { listenLocally } from '../../../scripts/local/listenLocally.ts';

// The same settings, a hundred times shorter.
const SHORT = { ...TIMEOUTS, requestTimeout: 150, socketTimeout: 150 };

describe('timeouts', () => {
  const sockets = new Set<Socket>();
  let says = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (says !== '') socket.write(says);
  });
  let client: S3Client;
  before(async () => {
    client = new S3Client({
      endpoint: `http://127.0.0.1:${await listenLocally(server)}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      forcePathStyle: true,
      maxAttempts: 1,
      requestHandler: SHORT,
    });
  });
  after(() => {
    client.destroy();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => 'no error',
      (error: Error) => error.name,
    );

  it('end a call that is never answered', async () => {
    says = '';
    const call = client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    expect(await failure(call)).to.equal('TimeoutError');
  });

  it('end a download that stalls', async () => {
    says = 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbeginning';
    expect(await failure(getLogFile(client)({ bucket: 'b', key: 'k' }, 10_000))).to.not.equal(
      'no error',
    );
  });
});
