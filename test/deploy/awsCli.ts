import { runCommand, type Surroundings } from './runCommand.ts';

/** What the deploy test asks AWS, each answer through the AWS CLI. */
export function awsCli(surroundings: Surroundings, endpoint: string) {
  const aws = async (...args: readonly string[]): Promise<unknown> => {
    const output = await runCommand(surroundings, 'aws', ...args, '--output', 'json');
    return output === '' ? undefined : JSON.parse(output);
  };
  // It knows AWS_ENDPOINT_URL for all services but this one.
  const sqs = (command: string, ...args: readonly string[]) =>
    aws('sqs', command, '--endpoint-url', endpoint, ...args);

  return {
    /** [logical id, type, status] of each resource. */
    resourcesOf: (stack: string) => {
      const query = 'StackResources[].[LogicalResourceId, ResourceType, ResourceStatus]';
      const names = ['--stack-name', stack, '--query', query];
      return aws('cloudformation', 'describe-stack-resources', ...names);
    },

    outputsOf: async (stack: string) => {
      const query = 'Stacks[0].Outputs[].[OutputKey, OutputValue]';
      const names = ['--stack-name', stack, '--query', query];
      const pairs = await aws('cloudformation', 'describe-stacks', ...names);
      return Object.fromEntries(pairs as [string, string][]);
    },

    /** @throws Error that holds CloudFormation's objection */
    validateTemplate: async (file: string) => {
      await aws('cloudformation', 'validate-template', '--template-body', `file://${file}`);
    },

    /** In DynamoDB's own JSON. */
    itemsOf: async (table: string) => {
      const items = await aws('dynamodb', 'scan', '--table-name', table, '--query', 'Items');
      return items as readonly unknown[];
    },

    /** Subscribes a new queue to a topic; returns the queue's URL. */
    subscribe: async (topic: string, queue: string) => {
      const policy = {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': topic } },
      };
      const attributes = { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [policy] }) };
      const named = ['--queue-name', queue, '--attributes', JSON.stringify(attributes)];
      const url = String(await sqs('create-queue', ...named, '--query', 'QueueUrl'));
      const arn = ['--attribute-names', 'QueueArn', '--query', 'Attributes.QueueArn'];
      const target = String(await sqs('get-queue-attributes', '--queue-url', url, ...arn));
      const ends = ['--topic-arn', topic, '--protocol', 'sqs', '--notification-endpoint', target];
      await aws('sns', 'subscribe', ...ends, '--attributes', 'RawMessageDelivery=true');
      return url;
    },

    /** The bodies of the first messages to arrive; none after a minute. */
    messagesIn: async (url: string) => {
      const patience = ['--wait-time-seconds', '20', '--max-number-of-messages', '10'];
      const bodies = ['--query', 'Messages[].Body'];
      for (let tries = 0; tries < 3; tries += 1) {
        const found = await sqs('receive-message', '--queue-url', url, ...patience, ...bodies);
        if (Array.isArray(found) && found.length > 0) return found as string[];
      }
      return [];
    },
  };
}
