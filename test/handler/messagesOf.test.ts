import { expect } from 'chai';
import { messagesOf } from '../../handler/messagesOf.ts';
import { keyOf, queueEventOf, s3EventOf, sqsRecordOf } from '../factories.ts';

describe('messagesOf', () => {
  it('takes each SQS record for a message of its own, in order', () => {
    const body = JSON.stringify(s3EventOf([keyOf()]));
    const event = { Records: [sqsRecordOf('b', body), sqsRecordOf('a', 'anything')] };
    expect(messagesOf(event)).to.deep.equal({
      fromQueue: true,
      messages: [
        { id: 'b', body },
        { id: 'a', body: 'anything' },
      ],
    });
    expect(messagesOf(queueEventOf(['x', 'y', 'z'])).messages).to.have.length(3);
  });

  it('takes any other event for one message', () => {
    const events = [
      s3EventOf([keyOf(), keyOf('B')]),
      { Records: [{ EventSource: 'aws:sns', Sns: { Message: '{}' } }] },
      { source: 'aws.s3', 'detail-type': 'Object Created' },
      { s3Bucket: 'b', s3ObjectKey: ['k'] },
      { Records: [] },
      { Records: { 0: { eventSource: 'aws:sqs' } } },
      'text',
      null,
      undefined,
    ];
    for (const event of events) {
      const messages = [{ id: 'event', body: event }];
      expect(messagesOf(event)).to.deep.equal({ fromQueue: false, messages });
    }
  });

  it('leaves a missing body to whoever reads it', () => {
    const event = { Records: [{ messageId: 'a', eventSource: 'aws:sqs' }] };
    expect(messagesOf(event).messages).to.deep.equal([{ id: 'a', body: undefined }]);
  });

  it('refuses an SQS record without id: its failure could not be reported', () => {
    const event = { Records: [{ eventSource: 'aws:sqs', body: '{}' }] };
    expect(() => messagesOf(event)).to.throw('an SQS record without messageId');
  });
});
