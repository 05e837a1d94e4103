import { Stack, aws_iam as iam } from 'aws-cdk-lib';
import { z } from 'zod';
import { catalogue } from '../../../products/catalogue';
import type { Product } from '../../../products/product';
import { WORKLOAD_BOUNDARY } from '../../../products/workload-boundary';
import { versions } from './templates';

const list = z.union([z.unknown().transform((one) => [one]), z.array(z.unknown())]);
const Statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Resource: z.union([z.array(z.unknown()), list]),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
type Statement = z.infer<typeof Statement>;

const stack = new Stack();
const statementsOf = ({ launchRights }: Product): readonly Statement[] =>
  launchRights.map((right) =>
    Statement.parse(stack.resolve(new iam.PolicyStatement(right).toStatementJson())),
  );
const actionsOf = (product: Product): ReadonlySet<string> =>
  new Set(statementsOf(product).flatMap(({ Action: actions }) => actions));
const rightTo = (key: string, action: string): readonly Statement[] =>
  catalogue
    .filter((product) => product.key === key)
    .flatMap(statementsOf)
    .filter(({ Action: actions }) => actions.includes(action));

/** Who asks which service to create what: for each type the calls without which there is none, or no end of it. */
const LIFE: Readonly<Record<string, readonly [create: string, remove: string] | undefined>> = {
  'AWS::CloudFront::Distribution': ['cloudfront:CreateDistribution', 'cloudfront:DeleteDistribution'],
  'AWS::CloudFront::Function': ['cloudfront:CreateFunction', 'cloudfront:DeleteFunction'],
  'AWS::CloudFront::OriginAccessControl': [
    'cloudfront:CreateOriginAccessControl',
    'cloudfront:DeleteOriginAccessControl',
  ],
  'AWS::CloudFront::ResponseHeadersPolicy': [
    'cloudfront:CreateResponseHeadersPolicy',
    'cloudfront:DeleteResponseHeadersPolicy',
  ],
  'AWS::CloudWatch::Alarm': ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
  'AWS::EC2::EIP': ['ec2:AllocateAddress', 'ec2:ReleaseAddress'],
  'AWS::EC2::Instance': ['ec2:RunInstances', 'ec2:TerminateInstances'],
  'AWS::EC2::InternetGateway': ['ec2:CreateInternetGateway', 'ec2:DeleteInternetGateway'],
  'AWS::EC2::NatGateway': ['ec2:CreateNatGateway', 'ec2:DeleteNatGateway'],
  'AWS::EC2::Route': ['ec2:CreateRoute', 'ec2:DeleteRoute'],
  'AWS::EC2::RouteTable': ['ec2:CreateRouteTable', 'ec2:DeleteRouteTable'],
  'AWS::EC2::SecurityGroup': ['ec2:CreateSecurityGroup', 'ec2:DeleteSecurityGroup'],
  'AWS::EC2::Subnet': ['ec2:CreateSubnet', 'ec2:DeleteSubnet'],
  'AWS::EC2::SubnetRouteTableAssociation': ['ec2:AssociateRouteTable', 'ec2:DisassociateRouteTable'],
  'AWS::EC2::VPC': ['ec2:CreateVpc', 'ec2:DeleteVpc'],
  'AWS::EC2::VPCGatewayAttachment': ['ec2:AttachInternetGateway', 'ec2:DetachInternetGateway'],
  'AWS::IAM::InstanceProfile': ['iam:CreateInstanceProfile', 'iam:DeleteInstanceProfile'],
  'AWS::IAM::Role': ['iam:CreateRole', 'iam:DeleteRole'],
  'AWS::KMS::Key': ['kms:CreateKey', 'kms:ScheduleKeyDeletion'],
  'AWS::RDS::DBInstance': ['rds:CreateDBInstance', 'rds:DeleteDBInstance'],
  'AWS::RDS::DBParameterGroup': ['rds:CreateDBParameterGroup', 'rds:DeleteDBParameterGroup'],
  'AWS::RDS::DBSubnetGroup': ['rds:CreateDBSubnetGroup', 'rds:DeleteDBSubnetGroup'],
  'AWS::S3::Bucket': ['s3:CreateBucket', 's3:DeleteBucket'],
  'AWS::S3::BucketPolicy': ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
  'AWS::SNS::Topic': ['sns:CreateTopic', 'sns:DeleteTopic'],
  'AWS::SNS::TopicPolicy': ['sns:SetTopicAttributes', 'sns:SetTopicAttributes'],
  'AWS::SQS::Queue': ['sqs:CreateQueue', 'sqs:DeleteQueue'],
  'AWS::SQS::QueuePolicy': ['sqs:SetQueueAttributes', 'sqs:SetQueueAttributes'],
};
/** CloudFormation makes these itself; the gate is called with a right that every gated product's launch role has. */
const MADE_WITHOUT_RIGHTS = new Set([
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
  'Custom::ApprovalGate',
]);
const Resources = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });
const typesOf = (template: unknown): readonly string[] =>
  Object.values(Resources.parse(template).Resources).map(({ Type: type }) => type);

describe.each(versions)('$name', ({ product, template }) => {
  test('may create and remove everything that is in its template', () => {
    const missing = typesOf(template)
      .filter((type) => !MADE_WITHOUT_RIGHTS.has(type))
      .flatMap((type) => LIFE[type] ?? [`no call known for ${type}`])
      .filter((action) => !actionsOf(product).has(action));
    expect(missing).toStrictEqual([]);
  });
});

describe.each(catalogue.map((product) => [product.key, product] as const))('%s', (_key, product) => {
  test('may create nothing that is in none of its templates', () => {
    const types = versions
      .filter((one) => one.product === product)
      .flatMap(({ template }) => typesOf(template));
    const own = new Set(types.flatMap((type) => LIFE[type] ?? []));
    const others = Object.values(LIFE).flatMap((calls) => calls ?? []);
    expect(others.filter((action) => !own.has(action) && actionsOf(product).has(action))).toStrictEqual([]);
  });

  test('names every action in full', () => {
    for (const action of actionsOf(product)) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
  });

  test('reads or makes the unnamed, and does nothing else, where it has no resource', () => {
    for (const { Action: actions, Resource: resources } of statementsOf(product)) {
      if (!resources.includes('*')) continue;
      for (const action of actions)
        expect(action).toMatch(/:(Describe|List)[A-Z]|^kms:CreateKey$|^cloudfront:Create[A-Z]/);
    }
  });

  test('touches, in its own account, only what is called after a stack or carries its tag', () => {
    for (const { Action: actions, Resource: resources, Condition: condition } of statementsOf(product)) {
      const changing = actions.filter((action) => /:(Delete|Terminate|Modify|Release|Stop)/.test(action));
      const byId = resources.map((resource) => JSON.stringify(resource)).filter((text) => !/sc-/i.test(text));
      // These go by an id and can carry no tag; a person may name a bucket.
      const free = /origin-access-control|response-headers-policy|arn:aws:s3:::\*|og:default|pg:default/;
      if (changing.length === 0 || byId.every((text) => free.test(text))) continue;
      expect(condition).toEqual({ StringEquals: { 'aws:ResourceTag/gatehouse:product': product.key } });
    }
  });
});

const SERVERS: readonly (readonly [key: string, roles: string])[] = [
  ['instance', ':role/SC-*'],
  ['wordpress', ':role/SC-*-ServerRole-*'],
];

test('the products that make a role are those with a server', () => {
  const makers = catalogue.filter((product) => actionsOf(product).has('iam:CreateRole'));
  expect(makers.map(({ key }) => key)).toEqual(SERVERS.map(([key]) => key));
});

describe.each(SERVERS)('the role of %s', (key, roles) => {
  test('is created only under the boundary of workloads and under the name of a stack', () => {
    const [statement, ...others] = rightTo(key, 'iam:CreateRole');
    expect(others).toStrictEqual([]);
    expect(JSON.stringify(statement?.Condition)).toContain(`:policy/${WORKLOAD_BOUNDARY}`);
    expect(Object.keys(statement?.Condition?.['StringEquals'] ?? {})).toEqual(['iam:PermissionsBoundary']);
    expect(JSON.stringify(statement?.Resource)).toContain(`${roles}"`);
  });

  test('gets the managed policy of Systems Manager and no other', () => {
    const [statement] = rightTo(key, 'iam:AttachRolePolicy');
    expect(statement?.Condition?.['ArnEquals']).toEqual({
      'iam:PolicyARN': 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    });
  });

  test('is passed to EC2 only', () => {
    for (const statement of rightTo(key, 'iam:PassRole'))
      expect(statement.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } });
  });

  test('has volumes that are encrypted, or none', () => {
    const ofVolumes = rightTo(key, 'ec2:RunInstances').filter(({ Resource: resources }) =>
      JSON.stringify(resources).includes(':volume/'),
    );
    expect(ofVolumes.map(({ Condition: condition }) => condition)).toEqual([
      { Bool: { 'ec2:Encrypted': 'true' } },
    ]);
  });
});

test('nobody else passes a role', () => {
  const passing = catalogue.filter((product) => actionsOf(product).has('iam:PassRole'));
  expect(passing.map(({ key }) => key)).toEqual(SERVERS.map(([key]) => key));
});

test('nobody may take the boundary off a role or let others assume it', () => {
  for (const product of catalogue) {
    for (const action of [
      'iam:DeleteRolePermissionsBoundary',
      'iam:PutRolePermissionsBoundary',
      'iam:UpdateAssumeRolePolicy',
    ]) {
      expect(actionsOf(product)).not.toContain(action);
    }
  }
});

test('a policy is written only by wordpress, and only into a server’s role under the boundary of workloads', () => {
  const writing = catalogue.filter((product) => actionsOf(product).has('iam:PutRolePolicy'));
  expect(writing.map(({ key }) => key)).toEqual(['wordpress']);
  const [statement, ...others] = rightTo('wordpress', 'iam:PutRolePolicy');
  expect(others).toStrictEqual([]);
  expect(JSON.stringify(statement?.Resource)).toContain(':role/SC-*-ServerRole-*"');
  expect(JSON.stringify(statement?.Condition?.['StringEquals'])).toMatch(
    new RegExp(`^\\{"iam:PermissionsBoundary":.*:policy/${WORKLOAD_BOUNDARY}`),
  );
});

test('no launch reads a secret, decrypts, or reads an object', () => {
  for (const product of catalogue) {
    for (const action of ['secretsmanager:GetSecretValue', 'kms:Decrypt', 's3:GetObject']) {
      expect(actionsOf(product)).not.toContain(action);
    }
  }
});
