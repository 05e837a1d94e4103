import { createIam, type Iam } from '../../../../sandbox/aws/iam/iam';
import type { Template } from '../../../../sandbox/aws/stacks';
import { ACCOUNT, aCloudFormation, aStackRequest, type Bench, eventsOf } from '../a-cloudformation';

const as = { account: ACCOUNT, roleName: 'Launch', sessionName: 'servicecatalog' };

const allowing = (Action: readonly string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
});

/** A role with these statements, and a CloudFormation that asks IAM about it. */
const aBench = (...Statement: readonly object[]): { bench: Bench; iam: Iam } => {
  const iam = createIam({ organizationId: 'o-a1b2c3d4e5', now: () => new Date('2026-01-15T09:00:00Z') });
  iam.putRole({
    ...{ account: ACCOUNT, name: 'Launch', trust: { Version: '2012-10-17', Statement: [] } },
    policies: { launch: { Version: '2012-10-17', Statement } },
  });
  return { bench: aCloudFormation({ iam }), iam };
};

const launch = (bench: Bench, template: Template, more: object = {}) =>
  bench.launch({ template, as, ...more });

/** What became of the stack, and the reason of the first resource that failed. */
const endOf = async (bench: Bench, stackId: string): Promise<{ status: string; reason: string }> => {
  const { StackEvents: events } = await eventsOf(bench, stackId);
  const failed = events.findLast(({ ResourceStatus: status }) => /^\w+_FAILED$/.test(status));
  return { status: bench.stacks.describe(stackId).status, reason: failed?.ResourceStatusReason ?? '' };
};

const ofBucket = (properties: object = {}): Template => ({
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'ledger', ...properties } } },
});
const ofVpc = (Tags: readonly object[] = []): Template => ({
  Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', Tags } } },
});
const ofKey = (KeyPolicy?: object): Template => ({
  Resources: {
    Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, ...(KeyPolicy && { KeyPolicy }) } },
  },
});

test('what a role may not create fails in the words of IAM and of CloudFormation, and the stack rolls back', async () => {
  const { bench } = aBench(allowing(['ec2:*']));
  const { id } = await launch(bench, ofBucket());
  const { status, reason } = await endOf(bench, id);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(reason).toMatch(
    /^Resource handler returned message: "User: arn:aws:sts::100000000003:assumed-role\/Launch\/servicecatalog is not authorized to perform: s3:CreateBucket on resource: arn:aws:s3:::ledger because no identity-based policy allows the s3:CreateBucket action \(Service: S3, Status Code: 403, Request ID: [0-9a-f-]{36}\)" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: AccessDenied\)$/,
  );
  expect(bench.journal.of('stack', 'ROLLBACK_COMPLETE')).toHaveLength(1);
});

test('a setting takes the right to that setting', async () => {
  const { bench } = aBench(allowing(['s3:CreateBucket']));
  const { id } = await launch(bench, ofBucket({ VersioningConfiguration: { Status: 'Enabled' } }));
  expect((await endOf(bench, id)).reason).toContain('not authorized to perform: s3:PutBucketVersioning');
});

test('what a role may not delete stays, and the stack says so', async () => {
  const { bench } = aBench(allowing(['s3:CreateBucket', 's3:ListBucket']));
  const { id, status } = await launch(bench, ofBucket());
  expect(status).toBe('CREATE_COMPLETE');
  bench.stacks.delete(id);
  await bench.ended(id);
  const end = await endOf(bench, id);
  expect(end.status).toBe('DELETE_FAILED');
  expect(end.reason).toContain('not authorized to perform: s3:DeleteBucket');
});

const TAGGED = { StringEquals: { 'aws:RequestTag/gatehouse:product': 'network' } };
const tag = { Key: 'gatehouse:product', Value: 'network' };

test.each<[string, readonly object[], Record<string, string>, string]>([
  ["the template's tag", [tag], {}, 'CREATE_COMPLETE'],
  ["the stack's tag", [], { 'gatehouse:product': 'network' }, 'CREATE_COMPLETE'],
  ['no tag', [], {}, 'ROLLBACK_COMPLETE'],
  ['another tag', [{ ...tag, Value: 'queue' }], {}, 'ROLLBACK_COMPLETE'],
])('a right to what comes with a tag, and %s', async (_what, own, tags, status) => {
  const { bench } = aBench(
    allowing(['ec2:CreateVpc'], TAGGED),
    allowing(['ec2:CreateTags', 'ec2:Describe*']),
  );
  expect(await launch(bench, ofVpc(own), { tags })).toMatchObject({ status });
});

test('a right to delete what carries a tag is a right to nothing else', async () => {
  const condition = { StringEquals: { 'aws:ResourceTag/gatehouse:product': 'network' } };
  const create = allowing(['ec2:CreateVpc', 'ec2:CreateTags', 'ec2:Describe*']);
  for (const [tags, status] of [
    [[tag], 'DELETE_COMPLETE'],
    [[], 'DELETE_FAILED'],
  ] as const) {
    const { bench } = aBench(create, allowing(['ec2:DeleteVpc'], condition));
    const { id } = await launch(bench, ofVpc(tags));
    bench.stacks.delete(id);
    expect(await bench.ended(id)).toMatchObject({ status });
  }
});

test('a key asks its own policy, too', async () => {
  const nobody = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'kms:Decrypt', Resource: '*' },
    ],
  };
  const { bench } = aBench(allowing(['kms:*']));
  expect(await launch(bench, ofKey())).toMatchObject({ status: 'CREATE_COMPLETE' });
  const { id } = await launch(bench, ofKey(nobody), { stackName: 'shut' });
  expect((await endOf(bench, id)).reason).toMatch(
    /kms:EnableKeyRotation on resource: arn:aws:kms:\S+ because/,
  );
});

test('IAM is told that CloudFormation calls, and where', async () => {
  const via = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } };
  const here = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
  const { bench, iam } = aBench(allowing(['s3:CreateBucket'], { ...via, ...here }));
  expect(await launch(bench, ofBucket())).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(iam.calls.map(({ action }) => action)).toEqual(['s3:CreateBucket']);
});

test('an action that has no resource is refused without one', async () => {
  const { bench } = aBench(allowing(['ec2:CreateVpc', 'ec2:DescribeVpcs']));
  const { id } = await launch(bench, ofVpc());
  expect((await endOf(bench, id)).reason).toContain(
    'You are not authorized to perform this operation. User: arn:aws:sts::100000000003:assumed-role/Launch/servicecatalog is not authorized to perform: ec2:DescribeVpcAttribute because',
  );
});

test('a stack of nobody is a mistake of whoever made the stack', async () => {
  const { bench } = aBench(allowing(['*']));
  bench.stacks.create(aStackRequest({ template: ofBucket() }));
  await expect(bench.clock.advance(60_000)).rejects.toThrow('Nobody is named whose rights');
});
