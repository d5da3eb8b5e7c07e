import { cut } from './printable.ts';
import type { CloudTrailRecord } from './readLogFile.ts';

/** `iam:CreateUser`: what people call an event. Not yet printable. */
export function actionOf({ eventSource, eventName }: CloudTrailRecord): string {
  return `${cut(eventSource, 256).split('.')[0]}:${cut(eventName, 256)}`;
}
