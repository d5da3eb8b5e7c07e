import { expect } from 'chai';
import { resolveTemplate, resourcesOfType } from '../../../scripts/local/resolveTemplate.ts';

const PLACE = { accountId: '012345678901', region: 'eu-central-1', stackName: 'Watch' };

// What every test may name: each resource type that GetAtt knows, conditions both ways.
const BASE = `
Parameters:
  Name: { Type: String, Default: bob }
  Empty: { Type: String, Default: '' }
  Size: { Type: Number, Default: 5 }
  Zones: { Type: CommaDelimitedList, Default: 'a, b' }
Mappings:
  Sizes: { eu-central-1: { Small: 1, List: [x, y] } }
Conditions:
  Yes: !Equals [!Ref Name, bob]
  No: !Not [{ Condition: Yes }]
`;
const RESOURCES = `
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Topic: { Type: AWS::SNS::Topic }
  Bucket: { Type: AWS::S3::Bucket }
  Absent: { Type: AWS::SQS::Queue, Condition: No }
`;
const QUEUE_ARN = 'arn:aws:sqs:eu-central-1:012345678901:Watch-Queue';

const resolve = (text: string, parameters?: Record<string, string>) =>
  resolveTemplate(text, PLACE, parameters);

/** What one property evaluates to, beside the resources above; the value is written in YAML. */
const valueOf = (yaml: string, parameters?: Record<string, string>) =>
  resolve(`${BASE}${RESOURCES}  Subject: { Type: X::Y::Z, Properties: { P: ${yaml} } }`, parameters)
    .resources['Subject']?.properties['P'];

/** Whether a condition holds that is written in YAML. */
const holds = (yaml: string, parameters?: Record<string, string>) =>
  'Subject' in
  resolve(
    `${BASE}  Asked: ${yaml}\n${RESOURCES}  Subject: { Type: X::Y::Z, Condition: Asked }`,
    parameters,
  ).resources;

/** A template of resources alone: how each is declared, in YAML. */
const resourcesOf = (declarations: Record<string, string>) =>
  resolve(
    `${BASE}Resources:\n${Object.entries(declarations)
      .map(([name, yaml]) => `  ${name}: ${yaml}\n`)
      .join('')}`,
  ).resources;

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

describe('resolveTemplate', () => {
  describe('functions', () => {
    const cases: Record<string, [yaml: string, value: unknown]> = {
      'Ref of a parameter': ['!Ref Name', 'bob'],
      'Ref of a number parameter': ['!Ref Size', '5'],
      'Ref of a list parameter': ['!Ref Zones', ['a', 'b']],
      'Ref of a queue': [
        '!Ref Queue',
        'https://sqs.eu-central-1.amazonaws.com/012345678901/Watch-Queue',
      ],
      'Ref of a topic': ['!Ref Topic', 'arn:aws:sns:eu-central-1:012345678901:Watch-Topic'],
      'Ref of a bucket': ['!Ref Bucket', 'watch-bucket'],
      'Ref in long form': ['{ Ref: Name }', 'bob'],
      GetAtt: ['!GetAtt Queue.Arn', QUEUE_ARN],
      'GetAtt of a list': ['!GetAtt [Queue, Arn]', QUEUE_ARN],
      'GetAtt in long form': ['{ Fn::GetAtt: [Queue, Arn] }', QUEUE_ARN],
      'GetAtt in long form with a dot': ['{ Fn::GetAtt: Queue.Arn }', QUEUE_ARN],
      Sub: ["!Sub '${Name}-${Queue.Arn}/${AWS::Region}'", `bob-${QUEUE_ARN}/eu-central-1`],
      'Sub with literals': ["!Sub '${!Name} $Name ${Name}'", '${Name} $Name bob'],
      'Sub with variables of its own': [
        "!Sub ['${Mine}${Name}${Size}', { Mine: !Ref Bucket, Name: own }]",
        'watch-bucketown5',
      ],
      'Sub with $ in what is put in': ["!Sub ['${A}', { A: '$&$1' }]", '$&$1'],
      'Sub in long form': ["{ Fn::Sub: '${Name}!' }", 'bob!'],
      'If, first branch': ['!If [Yes, 1, 2]', 1],
      'If, second branch': ['!If [No, 1, !Ref Name]', 'bob'],
      'If in long form': ['{ Fn::If: [Yes, [a], b] }', ['a']],
      Join: ["!Join ['-', [a, !Ref Name, 3, !Ref AWS::NoValue]]", 'a-bob-3'],
      'Join of a list parameter': ["!Join ['', !Ref Zones]", 'ab'],
      Split: ["!Split [',', 'a,b,']", ['a', 'b', '']],
      Select: ["!Select [1, !Split ['.', a.b.c]]", 'b'],
      'Select by text': ["!Select ['0', [!Ref Name]]", 'bob'],
      FindInMap: ["!FindInMap [Sizes, !Ref 'AWS::Region', Small]", 1],
      'FindInMap of a list': ['!FindInMap [Sizes, eu-central-1, List]', ['x', 'y']],
    };
    for (const [what, [yaml, value]] of Object.entries(cases)) {
      it(`evaluates ${what}`, () => expect(valueOf(yaml)).to.deep.equal(value));
    }

    it('evaluates the pseudo parameters', () => {
      const names = ['AccountId', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'];
      const text = `${BASE}${RESOURCES}  S:
    Type: X::Y::Z
    Properties: { ${names.map((name) => `${name}: !Ref AWS::${name}`).join(', ')} }`;
      const china = { ...PLACE, partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' };
      const { properties } = resolveTemplate(text, china).resources['S'] ?? {};
      expect(properties?.['StackId']).to.match(
        /^arn:aws-cn:cloudformation:eu-central-1:012345678901:stack\/Watch\/[0-9a-f-]{36}$/,
      );
      expect({ ...properties, StackId: undefined }).to.deep.equal({
        AccountId: '012345678901',
        Partition: 'aws-cn',
        Region: 'eu-central-1',
        StackId: undefined,
        StackName: 'Watch',
        URLSuffix: 'amazonaws.com.cn',
      });
    });

    it('leaves out what is AWS::NoValue, in maps and lists', () => {
      const value = valueOf('{ a: !Ref AWS::NoValue, b: [!If [No, 1, !Ref AWS::NoValue], 2] }');
      expect(value).to.deep.equal({ b: [2] });
    });

    it('does not evaluate the branch that is not taken', () => {
      expect(valueOf('!If [Yes, 1, !Select [7, [a]]]')).to.equal(1);
      expect(valueOf('!If [No, !GetAtt Absent.Arn, 2]')).to.equal(2);
    });

    it('keeps numbers, booleans, null and dates as they stand', () => {
      const value = valueOf("{ n: 720, f: 1.5, b: false, z: null, d: 2012-10-17, s: '1', e: '' }");
      const expected = { n: 720, f: 1.5, b: false, z: null, d: '2012-10-17', s: '1', e: '' };
      expect(value).to.deep.equal(expected);
    });

    it("takes a policy's Condition for data", () => {
      const value = valueOf('{ Condition: { Bool: { aws:SecureTransport: false } } }');
      expect(value).to.deep.equal({ Condition: { Bool: { 'aws:SecureTransport': false } } });
    });
  });

  describe('conditions', () => {
    const cases: Record<string, boolean> = {
      '!Equals [!Ref Name, bob]': true,
      '!Equals [!Ref Name, Bob]': false,
      "!Equals [true, 'true']": true,
      '!Equals [!Ref Size, 5]': true,
      '!Equals [!Ref Zones, [a, b]]': true,
      '!Not [!Equals [a, a]]': false,
      '!And [{ Condition: Yes }, !Condition Yes]': true,
      '!And [{ Condition: Yes }, { Condition: No }]': false,
      '!Or [{ Condition: No }, !Equals [a, a]]': true,
      '!Or [!Condition No, !Condition No]': false,
      '{ Condition: No }': false,
      '{ Fn::And: [{ Fn::Not: [{ Condition: No }] }, { Fn::Equals: [1, 1] }] }': true,
      '!Equals [!FindInMap [Sizes, !Ref AWS::Region, Small], 1]': true,
    };
    for (const [yaml, expected] of Object.entries(cases)) {
      it(`knows that ${yaml} is ${expected}`, () => expect(holds(yaml)).to.equal(expected));
    }

    it('follow the parameters', () => {
      expect(holds('{ Condition: Yes }', { Name: 'alice' })).to.equal(false);
    });

    it('decide which resources and outputs there are', () => {
      const { resources, outputs } = resolve(`${BASE}${RESOURCES}Outputs:
  A: { Value: !Ref Size, Condition: Yes, Export: { Name: !Sub '\${Name}' } }
  B: { Value: !Ref Absent, Condition: No }
  C: { Value: 7 }`);
      expect(Object.keys(resources)).to.deep.equal(['Queue', 'Topic', 'Bucket']);
      expect(outputs).to.deep.equal({ A: '5', C: '7' });
    });
  });

  describe('resources', () => {
    it('are told with all that is declared of them', () => {
      const { resources, parameters } = resolve(
        `${BASE}${RESOURCES}  Table:
    Type: AWS::DynamoDB::Table
    DependsOn: [Queue, Absent]
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Retain
    Metadata: { Why: !Ref Name }
    Properties: { BillingMode: PAY_PER_REQUEST, TableName: !Sub '\${Size}-t' }`,
        { Size: '6' },
      );
      expect(resources['Table']).to.deep.equal({
        logicalId: 'Table',
        type: 'AWS::DynamoDB::Table',
        physicalId: '6-t',
        attributes: { Arn: 'arn:aws:dynamodb:eu-central-1:012345678901:table/6-t' },
        dependsOn: ['Queue'],
        deletionPolicy: 'RetainExceptOnCreate',
        updateReplacePolicy: 'Retain',
        properties: { BillingMode: 'PAY_PER_REQUEST', TableName: '6-t' },
      });
      expect(parameters).to.deep.equal({ Name: 'bob', Empty: '', Size: '6', Zones: 'a, b' });
      expect(resources['Queue']).not.to.have.any.keys('deletionPolicy', 'updateReplacePolicy');
    });

    const arn = (rest: string) => `arn:aws:${rest}`;
    const here = 'eu-central-1:012345678901';
    const types: Record<string, [property: string, physicalId: string, attributes: object]> = {
      'AWS::S3::Bucket': [
        'BucketName',
        'n',
        {
          Arn: arn('s3:::n'),
          DomainName: 'n.s3.amazonaws.com',
          RegionalDomainName: 'n.s3.eu-central-1.amazonaws.com',
        },
      ],
      'AWS::SQS::Queue': [
        'QueueName',
        'https://sqs.eu-central-1.amazonaws.com/012345678901/n',
        {
          Arn: arn(`sqs:${here}:n`),
          QueueName: 'n',
          QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/012345678901/n',
        },
      ],
      'AWS::SNS::Topic': [
        'TopicName',
        arn(`sns:${here}:n`),
        { TopicArn: arn(`sns:${here}:n`), TopicName: 'n' },
      ],
      'AWS::DynamoDB::Table': ['TableName', 'n', { Arn: arn(`dynamodb:${here}:table/n`) }],
      'AWS::Lambda::Function': ['FunctionName', 'n', { Arn: arn(`lambda:${here}:function:n`) }],
      'AWS::CloudTrail::Trail': ['TrailName', 'n', { Arn: arn(`cloudtrail:${here}:trail/n`) }],
      'AWS::Logs::LogGroup': ['LogGroupName', 'n', { Arn: arn(`logs:${here}:log-group:n:*`) }],
      'AWS::CloudWatch::Alarm': ['AlarmName', 'n', { Arn: arn(`cloudwatch:${here}:alarm:n`) }],
      'AWS::Events::Rule': ['Name', 'n', { Arn: arn(`events:${here}:rule/n`) }],
    };
    for (const [type, [property, physicalId, attributes]] of Object.entries(types)) {
      it(`of type ${type} are named by ${property}, else by stack and logical id`, () => {
        const { Given, Plain } = resourcesOf({
          Given: `{ Type: ${type}, Properties: { ${property}: n } }`,
          Plain: `{ Type: ${type}, Properties: { ${property}: !Ref AWS::NoValue } }`,
        });
        expect(Given).to.deep.include({ physicalId, attributes });
        const generated = type === 'AWS::S3::Bucket' ? 'watch-plain' : 'Watch-Plain';
        const last = /(?<=^|[:/])n(?=$|:\*$)/;
        expect(Plain?.physicalId).to.equal(physicalId.replace(last, generated));
      });
    }

    it('of type AWS::IAM::Role have a path in their ARN', () => {
      const { Plain, Deep, Again } = resourcesOf({
        Plain: '{ Type: AWS::IAM::Role }',
        Deep: '{ Type: AWS::IAM::Role, Properties: { RoleName: r, Path: !Sub "/${Name}/x/" } }',
        Again: '{ Type: AWS::IAM::Role, Properties: { RoleName: r } }',
      });
      expect(Plain?.physicalId).to.equal('Watch-Plain');
      expect(Plain?.attributes['Arn']).to.equal('arn:aws:iam::012345678901:role/Watch-Plain');
      expect(Deep?.attributes['Arn']).to.equal('arn:aws:iam::012345678901:role/bob/x/r');
      expect(Deep?.attributes['RoleId']).to.match(/^AROA[0-9A-F]{17}$/);
      expect(Deep?.attributes['RoleId']).to.equal(Again?.attributes['RoleId']);
      expect(Deep?.attributes['RoleId']).not.to.equal(Plain?.attributes['RoleId']);
    });

    it('of type AWS::Events::Rule on a bus of its own are named with it', () => {
      const { Rule } = resourcesOf({
        Rule: '{ Type: AWS::Events::Rule, Properties: { Name: r, EventBusName: b } }',
      });
      expect(Rule).to.deep.include({
        physicalId: 'b|r',
        attributes: { Arn: 'arn:aws:events:eu-central-1:012345678901:rule/b/r' },
      });
    });

    it('of other types have the generated name and at most an ARN', () => {
      const { Key, Policy } = resourcesOf({
        Key: '{ Type: AWS::KMS::Key }',
        Policy: '{ Type: AWS::S3::BucketPolicy }',
      });
      expect(Key?.attributes).to.deep.equal({
        Arn: 'arn:aws:kms:eu-central-1:012345678901:key/Watch-Key',
      });
      expect(Policy).to.deep.include({ physicalId: 'Watch-Policy', attributes: {} });
    });

    it('may be named after one another', () => {
      const { A, B } = resourcesOf({
        A: "{ Type: AWS::SQS::Queue, Properties: { QueueName: !Sub '${B.QueueName}-dead' } }",
        B: '{ Type: AWS::SQS::Queue }',
      });
      expect([A, B].map((queue) => queue?.attributes['QueueName'])).to.deep.equal([
        'Watch-B-dead',
        'Watch-B',
      ]);
    });

    it('are found by type, in the order of the template', () => {
      const resolved = resolve(`${BASE}${RESOURCES}  Second: { Type: AWS::SQS::Queue }`);
      const names = resourcesOfType(resolved, 'AWS::SQS::Queue').map((it) => it.logicalId);
      expect(names).to.deep.equal(['Queue', 'Second']);
      expect(resourcesOfType(resolved, 'AWS::KMS::Key')).to.be.empty;
    });
  });

  describe('refuses', () => {
    const P = 'Resources.Subject.Properties.P: ';
    const values: Record<string, string> = {
      '!ImportValue x': 'Fn::ImportValue is not a function known here',
      '{ Fn::Nope: x }': 'Fn::Nope is not a function known here',
      '!If [Yes, 1, !Nope x]': 'Fn::Nope is not a function',
      '!Ref Nobody': 'no parameter or resource Nobody',
      '!Ref toString': 'no parameter or resource toString',
      '!If [Yes, 1, !Ref Nobody]': 'no parameter or resource Nobody',
      '!Ref AWS::Nope': 'AWS::Nope is not a pseudo parameter',
      "!Sub '${AWS::Nope}'": 'AWS::Nope is not a pseudo parameter',
      '!GetAtt Nobody.Arn': 'no resource Nobody',
      '!GetAtt Name.Arn': 'no resource Name',
      '!GetAtt Queue.Nope': 'AWS::SQS::Queue has no attribute Nope',
      '!GetAtt Queue.toString': 'AWS::SQS::Queue has no attribute toString',
      '!GetAtt Subject.Arn': 'X::Y::Z has no attribute Arn',
      '!GetAtt Queue': 'Fn::GetAtt takes a resource and an attribute',
      '!GetAtt [Queue, !Ref Name]': 'Fn::GetAtt takes names',
      '!Ref [Name]': 'Ref takes names',
      "!Sub '${Nobody}'": 'no parameter or resource Nobody',
      "!Sub '${Nobody.Arn}'": 'no resource Nobody',
      "!Sub '${Queue.Nope}'": 'AWS::SQS::Queue has no attribute Nope',
      "!Sub ['${B}', { A: 1 }]": 'no parameter or resource B',
      "!Sub '${}'": 'no parameter or resource ',
      "!Sub '${AWS::NoValue}'": 'expected text',
      '!Sub [!Ref Name, {}]': 'Fn::Sub takes a text',
      '!Sub [a, b]': 'the second argument of Fn::Sub is a map',
      '!If [Nope, 1, 2]': 'no condition "Nope"',
      '!If [{ Condition: Yes }, 1, 2]': 'no condition {',
      '!If [Yes, 1]': 'Fn::If takes 3 to 3 arguments, not 2',
      '!If [Yes, 1, 2, 3]': 'Fn::If takes 3 to 3 arguments, not 4',
      '!Ref Absent': 'Absent is not created: No does not hold',
      "!Sub '${Absent.Arn}'": 'Absent is not created',
      '!Equals [a, a]': 'Fn::Equals may stand in conditions only',
      '!Condition Yes': 'Condition may stand in conditions only',
      '!Select [1, [a]]': 'Fn::Select finds no element 1 of 1',
      '!Select [-1, [a]]': 'Fn::Select finds no element -1',
      "!Join ['', [[a]]]": 'expected text',
      "!Join ['', a]": 'expected a list',
      "!Split ['', a]": 'Fn::Split takes a separator',
      '!FindInMap [Nope, a, b]': 'no mapping Nope',
      '!FindInMap [Sizes, eu-central-1, Nope]': 'no mapping Sizes.eu-central-1.Nope',
      '{ Ref: Name, Other: 1 }': 'Ref must stand alone in its map',
    };
    for (const [yaml, problem] of Object.entries(values)) {
      it(`the value ${yaml}`, () => {
        expect(messageOf(() => valueOf(yaml))).to.satisfy(
          (message: string) => message.startsWith(`${P}${problem}`),
          messageOf(() => valueOf(yaml)),
        );
      });
    }

    it('what stands deep inside, and tells where', () => {
      const message = messageOf(() => valueOf('{ a: [1, { b: !Join [x, [!Ref Nobody]] }] }'));
      expect(message).to.match(/^Resources\.Subject\.Properties\.P\.a\.1\.b\b.*: no parameter/);
    });

    const conditions: Record<string, string> = {
      '{ Condition: Nope }': 'no condition "Nope"',
      '!Equals [!Ref Nobody, a]': 'no parameter or resource Nobody',
      '!Equals [!Ref Queue, a]': 'a condition names Queue',
      '!Equals [a]': 'Fn::Equals takes 2 to 2 arguments, not 1',
      '!Not [!Ref Name]': 'expected a condition',
      '!Not [true]': 'expected a condition',
      '!Ref Name': 'expected a condition',
      '!And [{ Condition: Yes }]': 'Fn::And takes 2 to 10 arguments, not 1',
      '!Not [{ Condition: Asked }]': 'a circle: Asked needs Asked',
      '!Equals [!If [Asked, a, b], a]': 'a circle: Asked needs Asked',
      '!Equals [!Ref AWS::NoValue, a]': 'expected text',
    };
    for (const [yaml, problem] of Object.entries(conditions)) {
      it(`the condition ${yaml}`, () => {
        const message = messageOf(() => holds(yaml));
        expect(message.slice(0, `Conditions.Asked: ${problem}`.length)).to.equal(
          `Conditions.Asked: ${problem}`,
        );
      });
    }

    it('a condition that is not used, too', () => {
      const text = `${BASE}  Unused: !Equals [!Ref Nobody, a]\n${RESOURCES}`;
      expect(messageOf(() => resolve(text))).to.match(/^Conditions\.Unused: no parameter/);
    });

    const templates: Record<string, [text: string, problem: RegExp]> = {
      'a bad name in a resource that is not created': [
        `${RESOURCES}  S: { Type: X::Y::Z, Condition: No, Properties: { P: !Ref Nobody } }`,
        /^Resources\.S\.Properties\.P: no parameter or resource Nobody/,
      ],
      'a resource under an unknown condition': [
        `${RESOURCES}  S: { Type: X::Y::Z, Condition: Nope }`,
        /^Resources\.S\.Condition: no condition "Nope"/,
      ],
      'an unknown DependsOn': [
        `${RESOURCES}  S: { Type: X::Y::Z, DependsOn: [Queue, Nobody] }`,
        /^Resources\.S\.DependsOn: no resource Nobody/,
      ],
      'a DependsOn of a parameter': [
        `${RESOURCES}  S: { Type: X::Y::Z, DependsOn: Name }`,
        /^Resources\.S\.DependsOn: no resource Name/,
      ],
      'a name for both a parameter and a resource': [
        `${RESOURCES}  Name: { Type: X::Y::Z }`,
        /^Resources\.Name: a parameter's name/,
      ],
      'a misspelt attribute of a resource': [
        `${RESOURCES}  S: { Type: X::Y::Z, Dependson: Queue }`,
        /^Resources\.S\.Dependson: /,
      ],
      'a resource without a type': [`${RESOURCES}  S: { Properties: {} }`, /^Resources\.S\.Type: /],
      'a name that is no text': [
        `${RESOURCES}  S: { Type: AWS::SQS::Queue, Properties: { QueueName: [a] } }`,
        /^Resources\.S\.Properties\.QueueName: expected text/,
      ],
      'an output of an unknown name': [
        `${RESOURCES}Outputs: { O: { Value: !Ref Nobody } }`,
        /^Outputs\.O\.Value: no parameter or resource Nobody/,
      ],
      'an output under an unknown condition': [
        `${RESOURCES}Outputs: { O: { Value: a, Condition: Nope } }`,
        /^Outputs\.O\.Condition: no condition "Nope"/,
      ],
      'an output of what is not created': [
        `${RESOURCES}Outputs: { O: { Value: !Ref Absent } }`,
        /^Outputs\.O\.Value: Absent is not created/,
      ],
      'an output that is a list': [
        `${RESOURCES}Outputs: { O: { Value: [a] } }`,
        /^Outputs\.O\.Value: expected text/,
      ],
      'a template without resources': ['', /^Resources: /],
      'an unknown section': [`${RESOURCES}Transform: AWS::Serverless-2016-10-31`, /^Transform: /],
      'a key that stands twice': [
        `${RESOURCES}  Queue: { Type: AWS::SQS::Queue }`,
        /keys must be unique at line \d+/,
      ],
      'a property that stands twice': [
        `${RESOURCES}  S: { Type: X::Y::Z, Properties: { P: 1, P: 1 } }`,
        /keys must be unique at line \d+/,
      ],
      'an alias': [
        `${RESOURCES}  S: { Type: X::Y::Z, Properties: { A: &a [1], B: *a } }`,
        /^\*a: CloudFormation refuses YAML aliases/,
      ],
      'bad YAML': [`${RESOURCES}  S: { Type: `, /at line \d+/],
    };
    for (const [what, [text, problem]] of Object.entries(templates)) {
      it(what, () => expect(messageOf(() => resolve(BASE + text))).to.match(problem));
    }
  });

  describe('circles', () => {
    const queue = (value: string) => `{ Type: AWS::SQS::Queue, Properties: { P: ${value} } }`;
    const depends = (name: string) => `{ Type: AWS::SQS::Queue, DependsOn: ${name} }`;
    const cases: Record<string, Record<string, string>> = {
      'by Ref': { A: queue('!Ref B'), B: queue('!Ref A') },
      'by GetAtt': { A: queue('!GetAtt B.Arn'), B: queue('!GetAtt A.Arn') },
      'by Sub': { A: queue("!Sub '${B}'"), B: queue("!Sub '${A.Arn}'") },
      'by the variables of Sub': { A: queue("!Sub ['${x}', { x: !Ref B }]"), B: queue('!Ref A') },
      'by DependsOn': { A: depends('B'), B: depends('[A]') },
      'of all of these': {
        A: queue('!Ref B'),
        B: depends('C'),
        C: queue('{ deep: [!If [Yes, !Join [x, [!GetAtt A.Arn]], 1]] }'),
      },
      'through a name': {
        A: '{ Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt B.QueueName } }',
        B: '{ Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt A.QueueName } }',
      },
    };
    for (const [what, declarations] of Object.entries(cases)) {
      it(`are refused ${what}`, () => {
        const circle = Object.keys(declarations).concat('A').join(' needs ');
        expect(messageOf(() => resourcesOf(declarations))).to.match(/^Resources\.[ABC]\./);
        expect(messageOf(() => resourcesOf(declarations))).to.contain(`: a circle: ${circle}`);
      });
    }

    it('of one resource are refused, behind others', () => {
      const declarations = { Z: queue('!Ref A'), A: queue('!Ref A') };
      const message = messageOf(() => resourcesOf(declarations));
      expect(message).to.equal('Resources.A.Properties.P: a circle: A needs A');
    });

    it('among conditions are refused', () => {
      const text = `${BASE}  A: !Not [{ Condition: B }]\n  B: !Not [{ Condition: A }]${RESOURCES}`;
      expect(messageOf(() => resolve(text))).to.equal('Conditions.B: a circle: A needs B needs A');
    });

    const open: Record<string, Record<string, string>> = {
      'two ways to the same': { A: queue('[!Ref B, !Ref C]'), B: queue('!Ref C'), C: queue('1') },
      'a branch that is not taken': { A: queue('!If [No, !Ref B, 1]'), B: queue('!Ref A') },
      'what is not created': {
        A: depends('B'),
        B: '{ Type: AWS::SQS::Queue, Condition: No, DependsOn: A }',
      },
      'a literal in Sub': { A: queue("!Sub '${!A}'") },
    };
    for (const [what, declarations] of Object.entries(open)) {
      it(`are not made by ${what}`, () => {
        expect(messageOf(() => resourcesOf(declarations))).to.equal('no error');
      });
    }
  });

  describe('parameters', () => {
    const one = (declaration: string, value?: string) => () =>
      resolve(
        `Parameters: { P: ${declaration} }\nResources: { Q: { Type: AWS::SQS::Queue } }`,
        value === undefined ? {} : { P: value },
      ).parameters['P'];
    const cases: [declaration: string, value: string | undefined, problem: string][] = [
      ['{ Type: String }', undefined, 'no value and no default'],
      ['{ Type: String, AllowedPattern: "[a-z]+" }', 'a1', '"a1" does not match [a-z]+'],
      ['{ Type: String, AllowedPattern: a|b }', 'ab', '"ab" does not match a|b'],
      ['{ Type: String, AllowedValues: [a, true] }', 'b', '"b" is not of a, true'],
      ['{ Type: String, MinLength: 2 }', 'a', '"a" is shorter than 2'],
      ["{ Type: String, MaxLength: '2' }", 'abc', '"abc" is longer than 2'],
      ['{ Type: Number, MinValue: 10 }', '9', '"9" is less than 10'],
      ['{ Type: Number, MaxValue: 10 }', '11', '"11" is more than 10'],
      ['{ Type: Number, MaxValue: -1 }', '0', '"0" is more than -1'],
      ['{ Type: Number }', 'ten', '"ten" is not a number'],
      ['{ Type: Number }', '', '"" is not a number'],
      ['{ Type: Number }', '0x10', '"0x10" is not a number'],
      ['{ Type: List<Number>, MaxValue: 3 }', '1, 4', '"1, 4" is more than 3'],
      ['{ Type: CommaDelimitedList, AllowedValues: [a] }', 'a,b', '"a,b" is not of a'],
      ['{ Type: String, Default: B, AllowedPattern: "[a-z]" }', undefined, '"B" does not match'],
      ['{ Type: AWS::SSM::Parameter::Name }', 'a', '"a" is of a type that is not known here'],
    ];
    for (const [declaration, value, problem] of cases) {
      it(`refuse ${value === undefined ? 'no value' : `"${value}"`} for ${declaration}`, () => {
        expect(messageOf(one(declaration, value))).to.match(/^Parameters\.P: /);
        expect(messageOf(one(declaration, value))).to.contain(`Parameters.P: ${problem}`);
      });
    }

    const allowed: [declaration: string, value: string | undefined, resolved: string][] = [
      ['{ Type: String, Default: a }', 'b', 'b'],
      ['{ Type: String, Default: a }', '', ''],
      ['{ Type: String, Default: false }', undefined, 'false'],
      ['{ Type: String, MinLength: 2, MaxLength: 2 }', 'ab', 'ab'],
      ['{ Type: String, AllowedPattern: ^$|^a$ }', '', ''],
      ['{ Type: Number, MinValue: 10, MaxValue: 10 }', '10', '10'],
      ['{ Type: Number, MinValue: -1.5 }', '-1.5', '-1.5'],
      ['{ Type: Number, AllowedValues: [1, 2] }', '2', '2'],
    ];
    for (const [declaration, value, resolved] of allowed) {
      it(`accept ${value === undefined ? 'no value' : `"${value}"`} for ${declaration}`, () => {
        expect(one(declaration, value)()).to.equal(resolved);
      });
    }

    it('are refused if the template does not declare them', () => {
      const unknown = () => resolve(`${BASE}${RESOURCES}`, { Nam: 'x' });
      expect(messageOf(unknown)).to.equal('Parameters.Nam: not declared');
    });
  });
});
