import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Ports } from '../ports.ts';

/** Downloads log files. A larger object is refused unread: it cannot become smaller by inflating. */
export function getLogFile(client: S3Client): Ports['getLogFile'] {
  return async ({ bucket, key }, maxBytes) => {
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (object.Body === undefined) throw new Error('S3 sent no body');
    if ((object.ContentLength ?? 0) > maxBytes) {
      await object.Body.transformToWebStream().cancel();
      throw new Error(
        `the object has ${object.ContentLength} bytes, the limit is ${maxBytes} (a sixth of memory): raise the stack parameter HandlerMemory`,
      );
    }
    return object.Body.transformToByteArray();
  };
}
