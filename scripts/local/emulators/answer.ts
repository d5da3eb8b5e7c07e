import { escapeXml } from './xml.ts';

/** What a service answers over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const XML = { 'content-type': 'text/xml' };

/** What S3 answers when all is well. */
export function s3Answer(body: string): Answer {
  return { status: 200, headers: XML, body };
}

/** What SNS answers when all is well. */
export function snsAnswer(action: string, result: string): Answer {
  const body =
    `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">` +
    `<${action}Result>${result}</${action}Result></${action}Response>`;
  return { status: 200, headers: XML, body };
}

/** An error as the service puts it: XML of two kinds, or JSON. From 500 on the fault is its own. */
export function errorAnswer(
  service: string,
  status: number,
  code: string,
  message: string,
): Answer {
  if (service === 's3') {
    const body = `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
    return { status, headers: XML, body };
  }
  if (service === 'sns' || service === 'sts') {
    const type = status < 500 ? 'Sender' : 'Receiver';
    const error = `<Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
    return { status, headers: XML, body: `<ErrorResponse><Error>${error}</Error></ErrorResponse>` };
  }
  const body = JSON.stringify({ __type: `com.amazonaws.${service}#${code}`, message });
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}
