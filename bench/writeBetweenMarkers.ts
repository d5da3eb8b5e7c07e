import { readFile, writeFile } from 'node:fs/promises';

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** Puts text into a document, in place of what stands between its two marker lines. */
export async function writeBetweenMarkers(path: string, text: string): Promise<void> {
  const document = await readFile(path, 'utf8');
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`${path}: no ${BEGIN} and ${END} in it`);
  }
  await writeFile(path, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
