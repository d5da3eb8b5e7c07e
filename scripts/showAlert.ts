import type { AlertMessage } from '../handler/renderMessage.ts';

const RULE = '-'.repeat(78);

/** An alert as a mail reads (`text`), or its canonical JSON on one line (`jsonl`). */
export function showAlert(message: AlertMessage, format: 'text' | 'jsonl'): string {
  const { default: json, email } = copiesOf(message);
  return format === 'jsonl' ? `${json}\n` : `${RULE}\nSubject: ${message.subject}\n\n${email}`;
}

/** What queues and mail programs receive of a message. */
export function copiesOf(message: Pick<AlertMessage, 'body'>): { default: string; email: string } {
  return JSON.parse(message.body) as { default: string; email: string };
}
