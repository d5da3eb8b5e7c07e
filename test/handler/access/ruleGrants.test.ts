import { expect } from 'chai';
import { ACCOUNT } from '../../factories.ts';
import { accessOfCall, OUTSIDER, told } from './accessOfCall.ts';

const INGRESS = 'ec2 AuthorizeSecurityGroupIngress';
const ipv4 = (...cidrs: string[]) => ({ ipRanges: { items: cidrs.map((cidrIp) => ({ cidrIp })) } });
const rules = (...items: object[]) => ({ groupId: 'sg-1', ipPermissions: { items } });
const tcp = (port: number, source: object) => ({
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  ...source,
});

describe('ruleGrants', () => {
  it('judges the sources of ingress rules', () => {
    const table: [object, string][] = [
      [ipv4('0.0.0.0/0'), 'public'],
      [ipv4('203.0.113.0/24', '0.0.0.0/0'), 'public'],
      [ipv4('0.0.0.0/1'), 'public'],
      [ipv4('10.0.0.0/8'), ''],
      [ipv4('203.0.113.7/32'), ''],
      [ipv4('not a network', '0.0.0.0', '0.0.0.0/x', '0.0.0.0/0/0'), ''],
      [{ ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }, 'public'],
      [{ ipv6Ranges: { items: [{ cidrIpv6: '2000::/3' }] } }, 'public'],
      [{ ipv6Ranges: { items: [{ cidrIpv6: 'fc00::/7' }] } }, ''],
      [{ ipv6Ranges: { items: [{ cidrIpv6: '2001:db8::/32' }] } }, ''],
      [{ groups: { items: [{ groupId: 'sg-2', userId: ACCOUNT }] } }, ''],
      [{ groups: { items: [{ groupId: 'sg-2', userId: OUTSIDER }] } }, OUTSIDER],
      [{ prefixListIds: { items: [{ prefixListId: 'pl-1' }] } }, 'unknown'],
      [{}, ''],
    ];
    for (const [source, expected] of table) {
      const found = accessOfCall(INGRESS, rules(tcp(22, source))).map(told);
      expect(found, JSON.stringify(source)).to.deep.equal([expected]);
    }
  });

  it('tells protocol and ports, where there are ports', () => {
    const world = ipv4('0.0.0.0/0');
    const table: [object, object][] = [
      [tcp(22, world), { protocol: 'tcp', fromPort: 22, toPort: 22 }],
      [
        { ipProtocol: '6', fromPort: 20, toPort: 30 },
        { protocol: 'tcp', fromPort: 20, toPort: 30 },
      ],
      [
        { ipProtocol: 'udp', fromPort: -1, toPort: -1 },
        { protocol: 'udp', fromPort: 0, toPort: 65_535 },
      ],
      [
        { ipProtocol: '-1', fromPort: 443, toPort: 443 },
        { protocol: 'all', fromPort: 0, toPort: 65_535 },
      ],
      [{ ipProtocol: -1 }, { protocol: 'all', fromPort: 0, toPort: 65_535 }],
      [{}, { protocol: 'all', fromPort: 0, toPort: 65_535 }],
      [
        { ipProtocol: 'tcp', fromPort: '22', toPort: '22' },
        { protocol: 'tcp', fromPort: 0, toPort: 65_535 },
      ],
    ];
    for (const [rule, expected] of table) {
      expect(accessOfCall(INGRESS, rules(rule))[0], JSON.stringify(rule)).to.deep.include(expected);
    }
    const icmp = accessOfCall(INGRESS, rules({ ipProtocol: 'icmp', fromPort: 8, toPort: -1 }))[0];
    expect(icmp).to.include({ protocol: 'icmp' }).and.not.have.any.keys('fromPort', 'toPort');
  });

  it('reads every form of the calls', () => {
    const world = { cidrIp: '0.0.0.0/0' };
    const changed = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' };
    const modify = {
      ModifySecurityGroupRulesRequest: {
        GroupId: 'sg-3',
        SecurityGroupRule: { SecurityGroupRuleId: 'sgr-1', SecurityGroupRule: changed },
      },
    };
    const ssh = { public: true, protocol: 'tcp', fromPort: 22, toPort: 22 };
    const table: [string, object, string][] = [
      [
        INGRESS,
        { groupName: 'default', ipProtocol: 'tcp', fromPort: 22, toPort: 22, ...world },
        'default',
      ],
      [INGRESS, rules(tcp(22, ipv4('0.0.0.0/0'))), 'sg-1'],
      ['ec2 ModifySecurityGroupRules', modify, 'sg-3'],
    ];
    const other = { groupName: 'default', sourceSecurityGroupOwnerId: OUTSIDER };
    expect(accessOfCall(INGRESS, other).map(told)).to.deep.equal([OUTSIDER]);
    for (const [call, parameters, group] of table) {
      expect(accessOfCall(call, parameters)[0], call).to.deep.include({
        ...ssh,
        resources: [group],
      });
    }
  });

  it('finds nothing in egress rules, and in rules that are taken away', () => {
    for (const name of ['AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress']) {
      expect(accessOfCall(`ec2 ${name}`, rules(tcp(22, ipv4('0.0.0.0/0'))))).to.deep.equal([]);
    }
  });
});
