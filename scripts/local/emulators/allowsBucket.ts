import { textAt, valueAt } from '../../../handler/textAt.ts';

/** What S3 asks of a queue or topic on behalf of a bucket. */
export interface BucketRequest {
  readonly action: string; // sqs:SendMessage, sns:Publish
  readonly resource: string; // ARN of the queue or topic
  readonly sourceArn: string; // of the bucket
  readonly sourceAccount: string;
}

const OPERATORS = /^(Arn|String)(Equals|Like)$|^Bool$/;

/**
 * Whether a resource policy lets a bucket send. Stricter than AWS in one thing: the statement that
 * allows it must name aws:SourceArn, or anybody's bucket could.
 */
export function allowsBucket(policy: string | undefined, request: BucketRequest): boolean {
  if (policy === undefined || policy === '') return false;
  const statements = listOf(valueAt(JSON.parse(policy), 'Statement'));
  const effects = statements
    .filter((statement) => applies(statement, request))
    .map((statement) => textAt(statement, 'Effect'));
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies(statement: unknown, request: BucketRequest): boolean {
  const denies = textAt(statement, 'Effect') === 'Deny';
  const conditions = conditionsOf(statement);
  const namesSource = conditions.some(({ key }) => key === 'aws:sourcearn');
  return (
    isAboutS3(valueAt(statement, 'Principal')) &&
    listOf(valueAt(statement, 'Action')).some((action) => isLike(request.action, action, 'i')) &&
    listOf(valueAt(statement, 'Resource')).some((arn) => isLike(request.resource, arn)) &&
    (denies || namesSource) &&
    // A condition unknown here never allows, and always denies.
    conditions.every((condition) => holds(condition, request) ?? denies)
  );
}

function isAboutS3(principal: unknown): boolean {
  if (principal === '*') return true;
  return listOf(valueAt(principal, 'Service')).includes('s3.amazonaws.com');
}

interface Condition {
  readonly operator: string;
  readonly key: string; // in small letters: IAM's keys ignore case
  readonly values: readonly unknown[];
}

function conditionsOf(statement: unknown): Condition[] {
  const operators = Object.entries(valueAt(statement, 'Condition') ?? {});
  return operators.flatMap(([operator, keys]) =>
    Object.entries(keys as object).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: listOf(values),
    })),
  );
}

/** Undefined for what is not known here. */
function holds({ operator, key, values }: Condition, request: BucketRequest): boolean | undefined {
  const context: Readonly<Record<string, string>> = {
    'aws:sourcearn': request.sourceArn,
    'aws:sourceaccount': request.sourceAccount,
    'aws:securetransport': 'true', // S3 sends over TLS, whatever this machine does
  };
  const actual = context[key];
  if (actual === undefined || !OPERATORS.test(operator)) return undefined;
  return values.some((value) =>
    operator === 'StringEquals' ? actual === String(value) : isLike(actual, value),
  );
}

/** IAM's wildcards: * and ?. */
function isLike(text: string, pattern: unknown, flags = ''): boolean {
  const literal = String(pattern).replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const source = literal.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags).test(text);
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
