import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  Aspects,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  Stack,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { z } from 'zod';
import { gateProblems } from '../../../infra/hub/gate-problems';
import { ApprovalGate, type ApprovalGateProps } from '../../../products/approval-gate';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-gate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Metadata: z.unknown().optional(),
    }),
  ),
});

interface Given {
  /** What the product has before its gate, and after. */
  readonly before?: (stack: Stack) => unknown;
  readonly after?: (stack: Stack) => unknown;
  readonly gate?: Partial<ApprovalGateProps>;
  readonly shown?: (stack: Stack) => readonly CfnParameter[];
  readonly hubAccount?: string;
}

const aGatedTemplate = ({ before, after, gate, shown, hubAccount }: Given = {}) => {
  const outdir = mkdtempSync(join(folder, 'assembly-'));
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const around = new Stack(app, 'around', hubAccount ? { env: { account: hubAccount } } : {});
  const stack = new ProductStack(around, 'product', { analyticsReporting: false });
  const requesterEmail = new CfnParameter(stack, 'RequesterEmail');
  before?.(stack);
  new ApprovalGate(stack, 'Approval', {
    product: 'Queue',
    requesterEmail,
    shown: shown?.(stack) ?? [requesterEmail],
    ...gate,
  });
  new sqs.CfnQueue(stack, 'Queue', { delaySeconds: 5 });
  after?.(stack);
  app.synth();
  return Template.parse(JSON.parse(readFileSync(join(outdir, stack.templateFile), 'utf8')));
};
/** What the product has under this id. */
const childOf = <Element>(
  stack: Stack,
  id: string,
  type: abstract new (...given: never[]) => Element,
): Element => {
  const child: unknown = stack.node.findChild(id);
  if (child instanceof type) return child;
  throw new Error(`${id} is no ${type.name}`);
};
const digestOf = (given?: Given): unknown => gateOf(given)['Template'];
const gateOf = (given?: Given) => aGatedTemplate(given).Resources['ApprovalGate']?.Properties ?? {};
const idsOf = (given?: Given): readonly string[] =>
  Object.entries(aGatedTemplate(given).Resources)
    .filter(([, { Type: type }]) => type.startsWith('AWS::CloudFormation::'))
    .map(([id]) => id);

test('a gate asks for the approval, and everything else waits for what comes of it', () => {
  const template = aGatedTemplate();
  const digest = String(template.Resources['ApprovalGate']?.Properties['Template']);
  expect(template.Resources['ApprovalGate']).toEqual({
    Type: 'Custom::ApprovalGate',
    Properties: {
      ServiceToken: {
        'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:{{gatehouse:hub-account}}:function:gatehouse-gate',
      },
      ServiceTimeout: '600',
      Handle: {
        'Fn::If': [
          'ApprovalRoundA',
          { Ref: `ApprovalHandleA${digest}` },
          { Ref: `ApprovalHandleB${digest}` },
        ],
      },
      Product: 'Queue',
      RequesterEmail: { Ref: 'RequesterEmail' },
      TimeLimit: '43200',
      Shown: ['RequesterEmail'],
      Parameters: { RequesterEmail: { Ref: 'RequesterEmail' }, ApprovalRound: { Ref: 'ApprovalRound' } },
      Template: digest,
    },
  });
  expect(template.Resources[`ApprovalWaitB${digest}`]).toEqual({
    Type: 'AWS::CloudFormation::WaitCondition',
    Condition: 'ApprovalRoundB',
    DependsOn: ['ApprovalGate'],
    Properties: { Handle: { Ref: `ApprovalHandleB${digest}` }, Timeout: '43200', Count: 1 },
  });
  expect(template.Resources['Queue']?.Metadata).toEqual({
    Approval: {
      'Fn::If': ['ApprovalRoundA', { Ref: `ApprovalWaitA${digest}` }, { Ref: `ApprovalWaitB${digest}` }],
    },
  });
  expect(gateProblems(template)).toStrictEqual([]);
});

test('nothing gets past a gate that is added later, be it by an aspect or with an asset', () => {
  const template = aGatedTemplate({
    before: (stack) => {
      Aspects.of(stack).add({
        visit: (node) => {
          if (node instanceof sqs.CfnQueue && !stack.node.tryFindChild('Late'))
            new sqs.CfnQueue(stack, 'Late');
        },
      });
    },
    after: (stack) => new sqs.Queue(stack, 'Construct', { enforceSSL: true }),
  });
  expect(Object.keys(template.Resources)).toEqual(
    expect.arrayContaining(['Late', expect.stringMatching(/^ConstructPolicy/)]),
  );
  expect(gateProblems(template)).toStrictEqual([]);
});

test.each<[string, Given]>([
  ['another resource', { after: (stack) => new sqs.CfnQueue(stack, 'Other') }],
  ['another property', { after: (stack) => (childOf(stack, 'Queue', sqs.CfnQueue).delaySeconds = 6) }],
  ['another mapping', { after: (stack) => new CfnMapping(stack, 'Sizes', { mapping: { a: { b: 1 } } }) }],
  [
    'another condition',
    {
      after: (stack) => new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') }),
    },
  ],
  ['a macro', { after: (stack) => stack.addTransform('AWS::LanguageExtensions') }],
  ['another parameter', { after: (stack) => new CfnParameter(stack, 'Size') }],
  ['another time limit', { gate: { timeLimit: Duration.hours(1) } }],
  ['another name', { gate: { product: 'Other queue' } }],
  ['other parameters shown', { gate: { shown: [] } }],
])('a template with %s has another handle and another wait condition', (_, given) => {
  const before = idsOf();
  const after = idsOf(given);
  expect(after).toHaveLength(4);
  expect(after.filter((id) => before.includes(id))).toStrictEqual([]);
  expect(digestOf(given)).not.toBe(digestOf());
});

test.each<[string, Given]>([
  ['another output', { after: (stack) => new CfnOutput(stack, 'Url', { value: 'x' }) }],
  [
    'another description',
    { after: (stack) => (childOf(stack, 'RequesterEmail', CfnParameter).description = 'Yours') },
  ],
  ['the account that offers it', { hubAccount: '222222222222' }],
])('a template with %s keeps them, because it creates the same', (_, given) => {
  expect(idsOf(given)).toEqual(idsOf());
});

test('where the hub account is known, the gate function is in it', () => {
  expect(gateOf({ hubAccount: '222222222222' })['ServiceToken']).toEqual({
    'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:222222222222:function:gatehouse-gate',
  });
});

test('every parameter counts but those that are NoEcho, lists as text', () => {
  const types = {
    Text: 'String',
    Count: 'Number',
    Vpc: 'AWS::EC2::VPC::Id',
    Image: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
    Names: 'CommaDelimitedList',
    Numbers: 'List<Number>',
    Subnets: 'List<AWS::EC2::Subnet::Id>',
    Stored: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>',
    StoredNames: 'AWS::SSM::Parameter::Value<CommaDelimitedList>',
  };
  const joined = (name: string) => ({ 'Fn::Join': [',', { Ref: name }] });
  const { Parameters: parameters } = gateOf({
    after: (stack) => {
      for (const [name, type] of Object.entries(types)) new CfnParameter(stack, name, { type });
      new CfnParameter(stack, 'Password', { noEcho: true });
    },
  });
  expect(parameters).toEqual({
    RequesterEmail: { Ref: 'RequesterEmail' },
    ApprovalRound: { Ref: 'ApprovalRound' },
    Text: { Ref: 'Text' },
    Count: { Ref: 'Count' },
    Vpc: { Ref: 'Vpc' },
    Image: { Ref: 'Image' },
    Names: joined('Names'),
    Numbers: joined('Numbers'),
    Subnets: joined('Subnets'),
    Stored: joined('Stored'),
    StoredNames: joined('StoredNames'),
  });
});

test.each<[string, Given, string]>([
  [
    'a secret to be shown',
    { shown: (stack) => [new CfnParameter(stack, 'Password', { noEcho: true })] },
    'The parameter Password is NoEcho, and a gate would show it to approvers: leave it out, or drop NoEcho',
  ],
  [
    'a time limit that CloudFormation would not wait',
    { gate: { timeLimit: Duration.hours(13) } },
    'The time limit 13 hours is not one of a gate: give 5 minutes to 12 hours',
  ],
  [
    'no time at all',
    { gate: { timeLimit: Duration.seconds(30) } },
    'The time limit 30 seconds is not one of a gate: give 5 minutes to 12 hours',
  ],
  [
    'a second gate',
    {
      before: (stack) =>
        new ApprovalGate(stack, 'First', {
          product: 'Queue',
          requesterEmail: new CfnParameter(stack, 'Email'),
          shown: [],
        }),
    },
    'around/product/Approval would be a second gate beside around/product/First',
  ],
  [
    'a name that is too long',
    { gate: { product: 'x'.repeat(201) } },
    'has 201 characters: give a gate 1 to 200',
  ],
  ['no name', { gate: { product: '' } }, 'has 0 characters: give a gate 1 to 200'],
])('%s is refused with what to write instead', (_, given, message) => {
  expect(() => aGatedTemplate(given)).toThrow(message);
});

test('a requester’s address that is secret is refused, too', () => {
  expect(() =>
    aGatedTemplate({
      before: (stack) => (childOf(stack, 'RequesterEmail', CfnParameter).noEcho = true),
    }),
  ).toThrow('The parameter RequesterEmail is NoEcho');
});
