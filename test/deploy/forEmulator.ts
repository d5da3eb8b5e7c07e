import { parseDocument } from 'yaml';

/** A part of template.yaml that the emulator refuses. */
export interface LeftOut {
  readonly path: string; // as in Resources.Trail, or Resources.Trail.Properties.IsLogging
  readonly reason: string;
}

/** All that the deploy test does not deploy; it fails on a row that is no longer needed. */
export const LEFT_OUT: readonly LeftOut[] = [
  { path: 'Resources.Trail', reason: 'ministack refuses a template with AWS::CloudTrail::Trail' },
];

/**
 * A template without the parts in the table, otherwise unchanged.
 * @throws Error that names a row of the table that the template has no part for
 */
export function forEmulator(template: string, leftOut: readonly LeftOut[] = LEFT_OUT): string {
  const document = parseDocument(template, { logLevel: 'error' }); // its tags are CloudFormation's
  for (const { path } of leftOut) {
    if (!document.deleteIn(path.split('.'))) throw new Error(`template.yaml has no ${path}`);
  }
  return document.toString({ lineWidth: 0 });
}
