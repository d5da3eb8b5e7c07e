import type { From } from './caller.ts';
import type { Random } from './random.ts';

const AGENTS = [
  'aws-cli/2.31.1 md/awscrt#0.27.6 ua/2.1 os/linux#6.1.147 lang/python#3.13.7',
  'Boto3/1.42.97 md/Botocore#1.42.97 ua/2.1 os/macos#25.1.0 lang/python#3.12.13',
  'APN/1.0 HashiCorp/1.0 Terraform/1.13.3 aws-sdk-go-v2/1.39.2 os/linux lang/go#1.25.1',
];

/** A person's or a program's address on the internet, and its client. */
export const fromSomewhere = (random: Random): From => ({
  sourceIPAddress: `198.51.100.${random.whole(1, 254)}`,
  userAgent: random.pick(AGENTS),
});

/** As AWS writes its own services. */
export const fromService = (service: string): From => ({
  sourceIPAddress: service,
  userAgent: service,
});

export const fromBrowser = (random: Random): From => ({
  sourceIPAddress: `203.0.113.${random.whole(1, 254)}`,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
});
