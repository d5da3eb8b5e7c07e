import { readFileSync } from 'node:fs';
import { type ResolvedTemplate, resolveTemplate } from '../../scripts/local/resolveTemplate.ts';
import { readTemplate } from '../../scripts/local/template/readTemplate.ts';

export const TEXT = readFileSync('template.yaml', 'utf8');
export const DECLARED = readTemplate(TEXT);

export const PLACE = { accountId: '111122223333', region: 'eu-central-1', stackName: 'watch' };
export const REQUIRED = { ArtifactBucket: 'artifacts', HandlerKey: 'trailwatch/abc.zip' };

/** Every optional part switched on. */
export const EVERYTHING = {
  ...REQUIRED,
  AlertEmail: 'alerts@example.com',
  OperationsEmail: 'operations@example.com',
  TimeZone: 'Europe/Berlin',
  HandlerMemory: '2048',
  RetentionDays: '90',
  PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/boundary',
  RolePath: '/security/',
};

/** template.yaml as it would be created, with as little as possible or as told. */
export function resolved(
  parameters: Readonly<Record<string, string>> = REQUIRED,
): ResolvedTemplate {
  return resolveTemplate(TEXT, PLACE, parameters);
}

export { resource as the } from '../../scripts/local/resolveTemplate.ts';
