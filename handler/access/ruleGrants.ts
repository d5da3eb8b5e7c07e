import { type Audience, type Call, type Grant, NOBODY, together } from './access.ts';
import { field, fieldsAt, textsIn } from './fields.ts';
import { awsPrincipal } from './principals.ts';
import { isWorld } from './world.ts';

/** What new or changed ingress rules of security groups let in. */
export function ruleGrants({ eventSource, eventName, parameters }: Call): readonly Grant[] {
  if (eventSource !== 'ec2.amazonaws.com') return [];
  const rules = rulesOf(eventName, parameters);
  return rules.map((rule) => ({
    effect: 'Allow',
    ...sourcesOf(rule),
    actions: [],
    resources: groupsOf(parameters),
    conditioned: false,
    ...portsOf(rule),
  }));
}

function rulesOf(eventName: string, parameters: unknown): readonly unknown[] {
  if (eventName === 'AuthorizeSecurityGroupIngress') {
    const listed = fieldsAt(parameters, ['ipPermissions', 'items']);
    // The older form has one rule at the top.
    const isOlder = ['ipProtocol', 'cidrIp', 'sourceSecurityGroupOwnerId'].some(
      (name) => field(parameters, name) !== undefined,
    );
    return isOlder ? [...listed, parameters] : listed;
  }
  if (eventName !== 'ModifySecurityGroupRules') return [];
  return fieldsAt(parameters, [
    'ModifySecurityGroupRulesRequest',
    'SecurityGroupRule',
    'SecurityGroupRule',
  ]);
}

function sourcesOf(rule: unknown): Audience {
  const cidrs = [
    ...textsIn([field(rule, 'cidrIp'), field(rule, 'cidrIpv4'), field(rule, 'cidrIpv6')]),
    ...textsIn(fieldsAt(rule, ['ipRanges', 'items', 'cidrIp'])),
    ...textsIn(fieldsAt(rule, ['ipv6Ranges', 'items', 'cidrIpv6'])),
  ];
  const accounts = textsIn([
    fieldsAt(rule, ['groups', 'items', 'userId']),
    field(rule, 'sourceSecurityGroupOwnerId'),
  ]);
  const lists = textsIn([
    ...fieldsAt(rule, ['prefixListIds', 'items', 'prefixListId']),
    field(rule, 'prefixListId'),
  ]);
  return together([
    ...accounts.map(awsPrincipal),
    { ...NOBODY, everyone: cidrs.some(isWorld) },
    { ...NOBODY, unknown: lists.map((id) => `prefix list ${id}`) },
  ]);
}

function groupsOf(parameters: unknown): readonly string[] {
  return textsIn([
    field(parameters, 'groupId') ?? field(parameters, 'groupName'),
    ...fieldsAt(parameters, ['ModifySecurityGroupRulesRequest', 'GroupId']),
  ]);
}

const PROTOCOLS: Readonly<Record<string, string>> = { '-1': 'all', '6': 'tcp', '17': 'udp' };
const WITH_PORTS = ['all', 'tcp', 'udp'];
const ALL_PORTS = { fromPort: 0, toPort: 65_535 };

/** Of ICMP and others the same fields are no ports. */
function portsOf(rule: unknown): Pick<Grant, 'protocol' | 'fromPort' | 'toPort'> {
  const [written = '-1'] = textsIn(field(rule, 'ipProtocol'));
  const protocol = Object.hasOwn(PROTOCOLS, written) ? String(PROTOCOLS[written]) : written;
  if (!WITH_PORTS.includes(protocol)) return { protocol };
  const [fromPort, toPort] = ['fromPort', 'toPort'].map((name) => field(rule, name));
  const isRange = typeof fromPort === 'number' && typeof toPort === 'number' && fromPort >= 0;
  return { protocol, ...(isRange && protocol !== 'all' ? { fromPort, toPort } : ALL_PORTS) };
}
