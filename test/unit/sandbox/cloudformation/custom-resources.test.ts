import type { Template } from '../../../sandbox/aws/stacks';
import {
  ACCOUNT,
  aCloudFormation,
  aStackRequest,
  aTemplateOfBuckets,
  eventsOf,
  historyOf,
} from './a-cloudformation';
import { FUNCTION, FunctionStandIn, put } from './a-function';

const setUp = (options: Parameters<typeof aCloudFormation>[0] = {}) => {
  const lambda = new FunctionStandIn();
  const bench = aCloudFormation({ lambda, ...options });
  lambda.bench = bench;
  return { ...bench, bench, lambda };
};

const gated = (properties: object = {}, rest: object = {}): Template => ({
  Resources: {
    Gate: { Type: 'Custom::ApprovalGate', Properties: { ServiceToken: FUNCTION, ...properties } },
  },
  ...rest,
});

const reasonOf = async (bench: ReturnType<typeof setUp>['bench'], id: string, status: string) =>
  (await eventsOf(bench, id)).StackEvents.find(({ ResourceStatus }) => ResourceStatus === status)
    ?.ResourceStatusReason;

test('the function gets an event of the real shape, every scalar as text', async () => {
  const { launch, lambda } = setUp();
  const { id } = await launch({ template: gated({ TimeLimit: 3600, Open: true, List: [1, { Deep: 2 }] }) });
  expect(lambda.requests).toEqual([
    {
      RequestType: 'Create',
      ServiceToken: FUNCTION,
      ResponseURL: expect.stringMatching(
        /^https:\/\/cloudformation-custom-resource-response-euwest1\.s3\.eu-west-1\.amazonaws\.com\/arn%3Aaws%3Acloudformation%3Aeu-west-1%3A100000000003%3Astack\/SC-100000000003-pp-a\/[0-9a-f-]{36}%7CGate%7C[0-9a-f-]{36}\?X-Amz-Algorithm=/,
      ) as string,
      StackId: id,
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      LogicalResourceId: 'Gate',
      ResourceType: 'Custom::ApprovalGate',
      ResourceProperties: {
        ...{ ServiceToken: FUNCTION, TimeLimit: '3600', Open: 'true', List: ['1', { Deep: '2' }] },
      },
    },
  ]);
});

test('what the function answers is the resource’s id and its attributes', async () => {
  const { launch, lambda } = setUp();
  lambda.answer = () => ({
    Status: 'SUCCESS',
    PhysicalResourceId: 'gate-1',
    Data: { Url: 'there', Tries: 3 },
  });
  const Outputs = {
    Id: { Value: { Ref: 'Gate' } },
    Url: { Value: { 'Fn::Sub': '${Gate.Url} ${Gate.Tries}' } },
  };
  const { outputs } = await launch({ template: gated({}, { Outputs }) });
  expect(outputs.map(({ key, value }) => [key, value])).toEqual([
    ['Id', 'gate-1'],
    ['Url', 'there 3'],
  ]);
});

test('an attribute that the function did not give fails whatever asks for it', async () => {
  const { launch, bench } = setUp();
  const { Resources } = gated();
  const template = {
    Resources: {
      ...(Resources as object),
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: { 'Fn::GetAtt': ['Gate', 'Nothing'] } },
      },
    },
  };
  const { id, status } = await launch({ template });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(await reasonOf(bench, id, 'CREATE_FAILED')).toContain("doesn't contain Nothing attribute");
});

test('a FAILED shows the function’s reason, and what there is of it is deleted', async () => {
  const { launch, lambda, bench } = setUp();
  lambda.answer = ({ RequestType, PhysicalResourceId }) =>
    RequestType === 'Create'
      ? { Status: 'FAILED', Reason: 'Nobody has this e-mail', PhysicalResourceId: 'gate-1' }
      : { Status: 'SUCCESS', PhysicalResourceId };
  const { id, status } = await launch({ template: gated() });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(await reasonOf(bench, id, 'CREATE_FAILED')).toMatch(
    /^Received response status \[FAILED\] from custom resource\. Message returned: Nobody has this e-mail \(RequestId: [0-9a-f-]{36}\)$/,
  );
  expect(lambda.asked).toEqual(['Create', 'Delete gate-1']);
});

test('a function that never answers fails after an hour, or after the service timeout', async () => {
  for (const [properties, within] of [
    [{}, 3_600_000],
    [{ ServiceTimeout: '60' }, 60_000],
  ] as const) {
    const { stacks, lambda, bench, clock } = setUp();
    lambda.answer = ({ RequestType, PhysicalResourceId }) =>
      RequestType === 'Create' ? undefined : { Status: 'SUCCESS', PhysicalResourceId };
    const id = stacks.create(aStackRequest({ template: gated(properties) }));
    await clock.advance(within);
    expect(stacks.describe(id).status).toBe('CREATE_IN_PROGRESS');
    expect((await bench.ended(id)).status).toBe('ROLLBACK_COMPLETE');
    expect(await reasonOf(bench, id, 'CREATE_FAILED')).toContain('did not receive a response');
  }
});

test('an answer for another request, too long a one, and none at all do not count as one', async () => {
  const answers: Record<string, object> = {
    'Invalid response object: StackId, RequestId and LogicalResourceId must be those of the request': {
      ...{ Status: 'SUCCESS', PhysicalResourceId: 'x', RequestId: 'another' },
    },
    'Response object is too long.': {
      ...{ Status: 'SUCCESS', PhysicalResourceId: 'x', Data: { Long: 'x'.repeat(4_096) } },
    },
    'Invalid response object: check Status': { Status: 'DONE' },
    'Invalid response object: PhysicalResourceId is required': { Status: 'SUCCESS' },
    'Invalid response object: Reason is required when Status is FAILED': { Status: 'FAILED' },
  };
  for (const [reason, answer] of Object.entries(answers)) {
    const { launch, lambda, bench } = setUp();
    lambda.answer = ({ RequestType, PhysicalResourceId }) =>
      RequestType === 'Create' ? answer : { Status: 'SUCCESS', PhysicalResourceId };
    const { id } = await launch({ template: gated() });
    expect(await reasonOf(bench, id, 'CREATE_FAILED')).toBe(reason);
  }
});

test('the first answer counts, and one that comes after its two hours is refused', async () => {
  const { launch, lambda, bench, clock } = setUp();
  const { id } = await launch({ template: gated() });
  const url = lambda.requests[0]?.ResponseURL ?? '';
  expect(put(bench, url, { Status: 'FAILED', Reason: 'no' })).toBe(200);
  await clock.advance(7_200_000);
  expect(put(bench, url, { Status: 'FAILED', Reason: 'no' })).toBe(403);
  expect(bench.stacks.describe(id).status).toBe('CREATE_COMPLETE');
});

test('the function is invoked with the rights of the stack, and a refusal is the resource’s reason', async () => {
  const weighed: unknown[] = [];
  const verdict = { allowed: false, reason: 'because no resource-based policy allows it', grants: [] };
  const { launch, lambda, bench } = setUp({
    iam: {
      putResourcePolicy: () => undefined,
      authorize: ({ as, action, resource }) => {
        weighed.push([as, action, resource]);
        return Promise.resolve(verdict);
      },
    },
  });
  const as = { account: ACCOUNT, roleName: 'GatehouseLaunch' };
  const { id, status } = await launch({ template: gated(), as });
  expect(weighed).toEqual([[as, 'lambda:InvokeFunction', FUNCTION]]);
  expect(lambda.asked).toStrictEqual([]);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(await reasonOf(bench, id, 'CREATE_FAILED')).toContain('no resource-based policy allows it');
});

test('a function that is not there, or in another region, is told as the reason', async () => {
  for (const [token, reason] of [
    [FUNCTION.replace('gate', 'nobody'), 'Function not found'],
    [FUNCTION.replace('eu-west-1', 'us-east-1'), 'has to be in the stack'],
    ['arn:aws:sns:eu-west-1:100000000001:topic', 'has to be the ARN of a function'],
  ] as const) {
    const { launch, bench } = setUp();
    const { id, status } = await launch({ template: gated({ ServiceToken: token }) });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(await reasonOf(bench, id, 'CREATE_FAILED')).toContain(reason);
  }
});

test('an update asks with the old properties, and another id has the old one deleted in the clean-up', async () => {
  const { launch, stacks, lambda, bench } = setUp();
  lambda.answer = ({ ResourceProperties, RequestType, PhysicalResourceId }) => ({
    Status: 'SUCCESS',
    PhysicalResourceId:
      RequestType === 'Delete' ? PhysicalResourceId : `gate-${String(ResourceProperties['Round'])}`,
  });
  const { id } = await launch({ template: gated({ Round: 'A' }) });
  stacks.update({
    ...{ stackId: id, template: gated({ Round: 'B' }), parameters: {}, tags: {}, capabilities: [] },
  });
  expect((await bench.ended(id)).status).toBe('UPDATE_COMPLETE');
  expect(lambda.asked).toEqual(['Create', 'Update gate-A', 'Delete gate-A']);
  expect(lambda.requests[1]).toMatchObject({
    ResourceProperties: { Round: 'B' },
    OldResourceProperties: { ServiceToken: FUNCTION, Round: 'A' },
  });
  expect((await historyOf(bench, id)).slice(-5)).toEqual([
    'Gate UPDATE_COMPLETE',
    'SC-100000000003-pp-a UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Gate DELETE_IN_PROGRESS',
    'Gate DELETE_COMPLETE',
    'SC-100000000003-pp-a UPDATE_COMPLETE',
  ]);
});

test('a roll-back asks for the old properties again, and deletes what the update made', async () => {
  const { launch, stacks, lambda, bench } = setUp();
  bench.takeBucketName('taken');
  lambda.answer = ({ ResourceProperties, RequestType, PhysicalResourceId }) => ({
    Status: 'SUCCESS',
    PhysicalResourceId:
      RequestType === 'Delete' ? PhysicalResourceId : `gate-${String(ResourceProperties['Round'])}`,
  });
  const { id } = await launch({ template: gated({ Round: 'A' }) });
  const { Resources } = gated({ Round: 'B' });
  const bucket = aTemplateOfBuckets({ Bucket: { Properties: { BucketName: 'taken' }, DependsOn: 'Gate' } });
  const template = { Resources: { ...(Resources as object), ...(bucket['Resources'] as object) } };
  stacks.update({ ...{ stackId: id, template, parameters: {}, tags: {}, capabilities: [] } });
  expect((await bench.ended(id)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(lambda.asked).toEqual(['Create', 'Update gate-A', 'Update gate-B', 'Delete gate-B']);
  expect(lambda.requests[2]).toMatchObject({
    ResourceProperties: { Round: 'A' },
    OldResourceProperties: { Round: 'B' },
  });
  expect(
    await bench.call('DescribeStackResource', { StackName: id, LogicalResourceId: 'Gate' }),
  ).toMatchObject({
    StackResourceDetail: { PhysicalResourceId: 'gate-A', ResourceStatus: 'UPDATE_COMPLETE' },
  });
});

test('a resource whose own update failed is asked to go back as well', async () => {
  const { launch, stacks, lambda, bench } = setUp();
  const { id } = await launch({ template: gated({ Round: 'A' }) });
  lambda.answer = ({ ResourceProperties }) =>
    ResourceProperties['Round'] === 'B'
      ? { Status: 'FAILED', Reason: 'choose the other approval round' }
      : { Status: 'SUCCESS', PhysicalResourceId: 'made' };
  stacks.update({
    ...{ stackId: id, template: gated({ Round: 'B' }), parameters: {}, tags: {}, capabilities: [] },
  });
  expect((await bench.ended(id)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await reasonOf(bench, id, 'UPDATE_FAILED')).toContain('choose the other approval round');
  expect(lambda.asked).toEqual(['Create', 'Update made', 'Update made']);
});

test('a stack that is deleted while its custom resource is made has it deleted, too', async () => {
  const { stacks, lambda, bench, clock } = setUp();
  lambda.answer = ({ RequestType, PhysicalResourceId }) =>
    RequestType === 'Create' ? undefined : { Status: 'SUCCESS', PhysicalResourceId };
  const id = stacks.create(aStackRequest({ template: gated() }));
  await clock.advance(10_000);
  stacks.delete(id);
  expect((await bench.ended(id)).status).toBe('DELETE_COMPLETE');
  expect(lambda.asked).toEqual([
    'Create',
    expect.stringMatching(/^Delete SC-100000000003-pp-a-Gate-[A-Z0-9]{12}$/),
  ]);
});
