import type { Template } from '../../../sandbox/aws/stacks';
import {
  ACCOUNT,
  aCloudFormation,
  aTemplateOfBuckets,
  eventsOf,
  historyOf,
  refusalOf,
  type Bench,
} from './a-cloudformation';

const STACK = 'SC-100000000003-pp-a';
const naming = (BucketName: unknown) => ({ Properties: { BucketName } });
const versioned = (Status: string) => ({ Properties: { VersioningConfiguration: { Status } } });

interface Update {
  readonly template: Template;
  readonly parameters?: Record<string, string>;
  readonly previous?: string[];
  readonly tags?: Record<string, string>;
}
const start = (bench: Bench, stackId: string, update: Update): void =>
  bench.stacks.update({ ...{ stackId, parameters: {}, tags: {}, capabilities: [] }, ...update });
const updated = async (bench: Bench, stackId: string, update: Update) => {
  start(bench, stackId, update);
  return bench.ended(stackId);
};
const since = async (bench: Bench, id: string, event: string): Promise<string[]> => {
  const history = await historyOf(bench, id);
  return history.slice(history.indexOf(event));
};

test('what is new is created, what changed is changed, what is left over goes in the clean-up', async () => {
  const bench = aCloudFormation();
  const { id } = await bench.launch({
    template: aTemplateOfBuckets({ Kept: {}, Changed: versioned('Enabled'), Gone: {} }),
  });
  const stack = await updated(bench, id, {
    template: aTemplateOfBuckets({
      Kept: {},
      Changed: versioned('Suspended'),
      Fresh: { DependsOn: 'Changed' },
    }),
  });
  expect(stack.status).toBe('UPDATE_COMPLETE');
  expect(await since(bench, id, `${STACK} UPDATE_IN_PROGRESS`)).toEqual([
    `${STACK} UPDATE_IN_PROGRESS`,
    'Changed UPDATE_IN_PROGRESS',
    'Changed UPDATE_COMPLETE',
    'Fresh CREATE_IN_PROGRESS',
    'Fresh CREATE_IN_PROGRESS',
    'Fresh CREATE_COMPLETE',
    `${STACK} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
    'Gone DELETE_IN_PROGRESS',
    'Gone DELETE_COMPLETE',
    `${STACK} UPDATE_COMPLETE`,
  ]);
});

test('a property that cannot change makes another physical resource, and the old one goes', async () => {
  const bench = aCloudFormation();
  const template = (name: string): Template =>
    aTemplateOfBuckets({ Bucket: naming(name) }, { Outputs: { Name: { Value: { Ref: 'Bucket' } } } });
  const { id } = await bench.launch({ template: template('before') });
  const { outputs } = await updated(bench, id, { template: template('after') });
  expect(outputs).toMatchObject([{ key: 'Name', value: 'after' }]);
  // The old name is free again.
  const other = await bench.launch({ template: template('before'), stackName: 'another' });
  expect(other.status).toBe('CREATE_COMPLETE');
});

test('a resource with a made-up name is replaced by one with another', async () => {
  const bench = aCloudFormation();
  const network = (VpcRange: string): Template => ({
    Resources: { Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: VpcRange } } },
    Outputs: { Id: { Value: { Ref: 'Net' } } },
  });
  const before = await bench.launch({ template: network('10.0.0.0/16') });
  const after = await updated(bench, before.id, { template: network('10.1.0.0/16') });
  expect(after.status).toBe('UPDATE_COMPLETE');
  expect(after.outputs[0]?.value).not.toBe(before.outputs[0]?.value);
});

test('other user data stops an instance and starts it again, and it stays the same', async () => {
  const bench = aCloudFormation();
  const [SubnetId] = bench.defaultNetwork(ACCOUNT, 'eu-west-1').subnetIds;
  const server = (script: string): Template => ({
    Parameters: {
      Image: {
        Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
        Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      },
    },
    Resources: {
      Server: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          ...{ ImageId: { Ref: 'Image' }, InstanceType: 't3.micro', SubnetId },
          UserData: { 'Fn::Base64': script },
        },
      },
    },
    Outputs: { Id: { Value: { Ref: 'Server' } } },
  });
  const before = await bench.launch({ template: server('echo before') });
  const after = await updated(bench, before.id, { template: server('echo after') });
  expect(after).toMatchObject({ status: 'UPDATE_COMPLETE', outputs: before.outputs });
});

test.each([
  ['key', { Type: 'AWS::KMS::Key', Properties: {} }],
  ['address', { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } }],
])('a %s that is gone and comes again is another one', async (_what, resource) => {
  const bench = aCloudFormation();
  const template = {
    Parameters: { Wanted: { Type: 'String', Default: 'yes' } },
    Conditions: { IsWanted: { 'Fn::Equals': [{ Ref: 'Wanted' }, 'yes'] } },
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Optional: { ...resource, Condition: 'IsWanted' },
    },
    Outputs: {
      Id: {
        Condition: 'IsWanted',
        Value:
          resource.Type === 'AWS::EC2::EIP'
            ? { 'Fn::GetAtt': ['Optional', 'AllocationId'] }
            : { Ref: 'Optional' },
      },
    },
  };
  const first = await bench.launch({ template });
  await updated(bench, first.id, { template, parameters: { Wanted: 'no' } });
  const second = await updated(bench, first.id, { template, parameters: { Wanted: 'yes' } });
  expect(second).toMatchObject({ status: 'UPDATE_COMPLETE', outputs: [{ key: 'Id' }] });
  expect(second.outputs).not.toEqual(first.outputs);
});

test('parameters and conditions decide anew, and a parameter may keep the value it has', async () => {
  const bench = aCloudFormation();
  const template = aTemplateOfBuckets(
    { A: { Condition: 'IsA' }, B: { Condition: 'IsB' }, Named: naming({ Ref: 'Name' }) },
    {
      Parameters: { Round: { Type: 'String', Default: 'A' }, Name: { Type: 'String', NoEcho: true } },
      Conditions: {
        IsA: { 'Fn::Equals': [{ Ref: 'Round' }, 'A'] },
        IsB: { 'Fn::Equals': [{ Ref: 'Round' }, 'B'] },
      },
    },
  );
  const { id } = await bench.launch({ template, parameters: { Name: 'ledger' } });
  await updated(bench, id, { template, parameters: { Round: 'B' }, previous: ['Name'] });
  expect(await since(bench, id, `${STACK} UPDATE_IN_PROGRESS`)).toEqual([
    `${STACK} UPDATE_IN_PROGRESS`,
    'B CREATE_IN_PROGRESS',
    'B CREATE_IN_PROGRESS',
    'B CREATE_COMPLETE',
    `${STACK} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    `${STACK} UPDATE_COMPLETE`,
  ]);
});

test('a resource that fails takes all others back, the replaced one, too', async () => {
  const bench = aCloudFormation();
  bench.takeBucketName('taken');
  const { id } = await bench.launch({
    template: aTemplateOfBuckets({ Replaced: naming('before'), Changed: versioned('Enabled'), Removed: {} }),
  });
  const stack = await updated(bench, id, {
    template: aTemplateOfBuckets({
      Replaced: naming('after'),
      Changed: versioned('Suspended'),
      Fresh: naming('fresh'),
      Doomed: { ...naming('taken'), DependsOn: ['Replaced', 'Changed', 'Fresh'] },
    }),
  });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const { StackEvents: events } = await eventsOf(bench, id);
  expect(
    events.find(({ ResourceStatus: status }) => status === 'UPDATE_ROLLBACK_IN_PROGRESS')
      ?.ResourceStatusReason,
  ).toBe('The following resource(s) failed to create: [Doomed]. ');
  expect((await since(bench, id, `${STACK} UPDATE_ROLLBACK_IN_PROGRESS`)).slice(1, 4)).toEqual([
    'Replaced UPDATE_COMPLETE',
    'Changed UPDATE_IN_PROGRESS',
    'Changed UPDATE_COMPLETE',
  ]);
  const names = ['after', 'fresh', 'before'];
  const statuses = [];
  for (const name of names) {
    const { status } = await bench.launch({
      ...{ template: aTemplateOfBuckets({ B: naming(name) }), stackName: `with-${name}` },
    });
    statuses.push(status);
  }
  expect(statuses).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE', 'ROLLBACK_COMPLETE']);
  // What was to be removed is still there, and goes with the stack.
  bench.stacks.delete(id);
  expect((await bench.ended(id)).status).toBe('DELETE_COMPLETE');
  expect(await historyOf(bench, id)).toContain('Removed DELETE_COMPLETE');
});

const waiting = (suffix = ''): Template => ({
  Resources: {
    [`Handle${suffix}`]: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    [`Wait${suffix}`]: {
      Type: 'AWS::CloudFormation::WaitCondition',
      Properties: { Handle: { Ref: `Handle${suffix}` }, Timeout: 43200 },
    },
  },
});
const bucketsAlone = aTemplateOfBuckets({ Bucket: {} });

test('a stack that waits is deleted at once', async () => {
  const bench = aCloudFormation();
  const id = bench.stacks.create({
    ...{ account: ACCOUNT, region: 'eu-west-1', stackName: STACK, template: waiting() },
    ...{ parameters: {}, tags: {}, capabilities: [] },
  });
  await bench.clock.advance(60_000);
  await bench.call('DeleteStack', { StackName: STACK });
  expect((await bench.ended(id)).status).toBe('DELETE_COMPLETE');
  expect(await historyOf(bench, id)).toContain('Wait CREATE_FAILED');
});

test('an update that waits can be cancelled, and not deleted before', async () => {
  const bench = aCloudFormation();
  const { id } = await bench.launch({ template: bucketsAlone });
  const more = {
    Resources: { ...(bucketsAlone['Resources'] as object), ...(waiting()['Resources'] as object) },
  };
  start(bench, id, { template: more });
  await bench.clock.advance(60_000);
  await expect(bench.call('DeleteStack', { StackName: id })).rejects.toThrow(
    `Stack [${id}] cannot be deleted while in status UPDATE_IN_PROGRESS`,
  );
  await bench.call('CancelUpdateStack', { StackName: id });
  expect((await bench.ended(id)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await historyOf(bench, id)).toContain('Handle DELETE_COMPLETE');
  await expect(bench.call('CancelUpdateStack', { StackName: id })).rejects.toThrow(
    'CancelUpdateStack cannot be called from current stack status',
  );
});

test('a wait condition does not change: another wait is another condition', async () => {
  const bench = aCloudFormation();
  const handle = { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } };
  const { id } = await bench.launch({ template: { Resources: handle } });
  const url = (await eventsOf(bench, id)).StackEvents.find(
    ({ LogicalResourceId: logicalId }) => logicalId === 'Handle',
  )?.PhysicalResourceId;
  const { pathname, searchParams } = new URL(url ?? '');
  bench.uploads.answer(
    {
      ...{ method: 'PUT', path: pathname, query: Object.fromEntries(searchParams), headers: {} },
      body: Buffer.from('{"Status":"SUCCESS","UniqueId":"a"}'),
    },
    'request-1',
  );
  expect((await updated(bench, id, { template: waiting() })).status).toBe('UPDATE_COMPLETE');
  const { Resources } = waiting();
  const changed = {
    Resources: {
      ...(Resources as object),
      Wait: {
        Type: 'AWS::CloudFormation::WaitCondition',
        Properties: { Handle: { Ref: 'Handle' }, Timeout: 60 },
      },
    },
  };
  expect((await updated(bench, id, { template: changed })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const failure = (await eventsOf(bench, id)).StackEvents.find(
    ({ ResourceStatus: status }) => status === 'UPDATE_FAILED',
  );
  expect(failure?.ResourceStatusReason).toBe(
    'Update to resource type AWS::CloudFormation::WaitCondition is not supported.',
  );
});

test('an update that changes nothing, or of a stack that is not at rest, is refused', async () => {
  const bench = aCloudFormation();
  const { id } = await bench.launch({ template: bucketsAlone });
  expect(refusalOf(() => start(bench, id, { template: bucketsAlone }))).toEqual({
    code: 'ValidationError',
    message: 'No updates are to be performed.',
  });
  expect(
    refusalOf(() => start(bench, id, { template: bucketsAlone, previous: ['Nothing'] })).message,
  ).toContain('Cannot specify usePreviousValue as true');
  const another = { Resources: { Bucket: { Type: 'AWS::EC2::InternetGateway' } } };
  expect(refusalOf(() => start(bench, id, { template: another })).message).toBe(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Bucket]',
  );
  start(bench, id, { template: bucketsAlone, tags: { team: 'payments' } });
  expect(refusalOf(() => start(bench, id, { template: bucketsAlone })).message).toBe(
    `Stack:${id} is in UPDATE_IN_PROGRESS state and can not be updated.`,
  );
  await bench.ended(id);
  // New tags go onto whatever carries tags.
  expect(await historyOf(bench, id)).toContain('Bucket UPDATE_COMPLETE');
});

test('a stack is updated over the wire, with what it was made of', async () => {
  const bench = aCloudFormation();
  const template = aTemplateOfBuckets(
    { Bucket: naming({ Ref: 'Name' }) },
    { Parameters: { Name: { Type: 'String' }, Note: { Type: 'String', Default: '' } } },
  );
  const { id } = await bench.launch({ template, parameters: { Name: 'ledger' } });
  const answer = await bench.call('UpdateStack', {
    StackName: STACK,
    UsePreviousTemplate: true,
    Parameters: [
      { ParameterKey: 'Name', UsePreviousValue: true },
      { ParameterKey: 'Note', ParameterValue: 'kept' },
    ],
  });
  expect(answer).toEqual({ StackId: id });
  expect((await bench.ended(id)).status).toBe('UPDATE_COMPLETE');
  expect(await bench.call('DescribeStacks', { StackName: id })).toMatchObject({
    Stacks: [
      {
        LastUpdatedTime: expect.any(Date) as Date,
        Parameters: [{ ParameterValue: 'ledger' }, { ParameterValue: 'kept' }],
      },
    ],
  });
});
