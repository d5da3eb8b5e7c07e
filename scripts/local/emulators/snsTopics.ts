import { type Answer, errorAnswer, snsAnswer } from './answer.ts';
import type { Services } from './askServices.ts';
import { batchProblemOf, readBatch } from './snsBatch.ts';
import { attributesOf, copyFor, problemOf, type SnsInput } from './snsMessage.ts';
import { elementsOf, textOf } from './xml.ts';

/** What a subscriber by e-mail receives. */
export interface Mail {
  to: string;
  subject: string;
  body: string;
  attributes: Record<string, string>; // the message's, which a real mail does not show
}

/** SNS's limits, copies by protocol and mails, which fauxqs lacks. It keeps topics and subscriptions. */
export interface SnsTopics {
  publish(input: SnsInput): Promise<Answer>;
  /** The answer to a call, or undefined where fauxqs answers it well. */
  answer(action: string, input: SnsInput): Promise<Answer | undefined>;
}

/** @param mails - takes what is sent by e-mail */
export function snsTopics(services: Services, mails: Mail[]): SnsTopics {
  const publish = async (input: SnsInput): Promise<Answer> => {
    const problem = problemOf(input);
    if (problem !== undefined) return errorAnswer('sns', 400, problem.code, problem.message);
    // fauxqs delivers to queues alone, so the copy for queues is all it needs.
    const { MessageStructure: _, ...flat } = input;
    const forQueues = { ...flat, Action: 'Publish', Message: copyFor('sqs', input) ?? '' };
    const answer = await services.sns(forQueues);
    if (answer.status === 200) mails.push(...(await mailsOf(services, input)));
    return answer;
  };
  return {
    publish,
    answer: async (action, input) => {
      if (action === 'Publish') return publish(input);
      if (action === 'PublishBatch') return publishBatch(services, publish, input);
      return (await filtersMails(services, input))
        ? errorAnswer('sns', 400, 'InvalidParameter', 'Mails are not filtered here: FilterPolicy')
        : undefined;
    },
  };
}

async function publishBatch(
  services: Services,
  publish: SnsTopics['publish'],
  input: SnsInput,
): Promise<Answer> {
  const { TopicArn = '' } = input;
  const topic = await services.sns({ Action: 'GetTopicAttributes', TopicArn });
  if (topic.status !== 200) return topic;
  const entries = readBatch(input);
  const problem = batchProblemOf(entries);
  if (problem !== undefined) return errorAnswer('sns', 400, problem.code, problem.message);
  let successful = '';
  let failed = '';
  for (const { id, message } of entries) {
    const { status, body } = await publish(message);
    const [part = ''] = elementsOf(body, status === 200 ? 'PublishResult' : 'Error');
    const senderFault = textOf(part, 'Type') === 'Sender';
    if (status === 200) successful += `<member><Id>${id}</Id>${part}</member>`;
    else
      failed += `<member><Id>${id}</Id>${part}<SenderFault>${senderFault}</SenderFault></member>`;
  }
  const result = `<Successful>${successful}</Successful><Failed>${failed}</Failed>`;
  return snsAnswer('PublishBatch', result);
}

/** Every subscription by e-mail counts as confirmed. */
async function mailsOf(services: Services, input: SnsInput): Promise<Mail[]> {
  const { TopicArn = '', Subject = 'AWS Notification Message' } = input;
  const { body } = await services.sns({ Action: 'ListSubscriptionsByTopic', TopicArn });
  return elementsOf(body, 'member')
    .filter((subscription) => textOf(subscription, 'Protocol') === 'email')
    .map((subscription) => ({
      to: textOf(subscription, 'Endpoint') ?? '',
      subject: Subject,
      body: copyFor('email', input) ?? '',
      attributes: Object.fromEntries(attributesOf(input).map(({ name, value }) => [name, value])),
    }));
}

/** Whether a call would give a subscription by e-mail a filter policy, of which mails know nothing. */
async function filtersMails(services: Services, input: SnsInput): Promise<boolean> {
  const { SubscriptionArn, AttributeName, Protocol } = input;
  if (Protocol === 'email') return Object.values(input).includes('FilterPolicy');
  if (SubscriptionArn === undefined || AttributeName !== 'FilterPolicy') return false;
  const { body } = await services.sns({ Action: 'GetSubscriptionAttributes', SubscriptionArn });
  return elementsOf(body, 'entry').some(
    (entry) => textOf(entry, 'key') === 'Protocol' && textOf(entry, 'value') === 'email',
  );
}
