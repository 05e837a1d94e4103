import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { AnswerNotUnderstood, AwsFailure } from '../../../../aws-bridge/operation/aws-failure';
import { launchRequest } from '../../../../aws-bridge/operation/launch-request';
import { reachAttemptsStart } from '../../../../aws-bridge/operation/stack-failure';
import { attemptFailed } from '../../../../aws-bridge/operation/step-failure';
import { createTenant } from '../../../../aws-bridge/operation/tenant';
import type { Tenant } from '../../../../aws-bridge/operation/tenant-port';
import { AwsWire } from './aws-wire';
import { anOperation, STACK_ID } from './builders';

let wire: AwsWire;

beforeEach(async () => {
  wire = new AwsWire();
  await wire.listen();
});

afterEach(() => wire.close());

const aTenant = (expired: () => void = () => undefined): Tenant =>
  createTenant({
    serviceCatalog: new ServiceCatalogClient(wire.configuration),
    cloudFormation: new CloudFormationClient(wire.configuration),
    expired,
  });

test('a launch says everything that the order says, and repeats token and name', async () => {
  wire.answers.push({
    body: { RecordDetail: { RecordId: 'rec-1', Status: 'CREATED', ProvisionedProductId: 'pp-1' } },
  });
  const record = await aTenant().provision(launchRequest(anOperation(), 'lpv2-one', {}));
  expect(record).toEqual({
    id: 'rec-1',
    status: 'CREATED',
    provisionedProductId: 'pp-1',
    provisionedProductType: undefined,
  });
  expect(wire.inputs).toEqual([
    {
      ProductId: 'prod-bucket',
      ProvisioningArtifactId: 'pa-one',
      PathId: 'lpv2-one',
      ProvisionedProductName: 'invoices-6789abcdef',
      ProvisionToken: 'launch-10042-0123456789abcdef',
      ProvisioningParameters: [{ Key: 'Purpose', Value: 'invoices' }],
      Tags: [{ Key: 'gatehouse:request', Value: 'IT-42' }],
    },
  ]);
});

test('launch paths are read to the last page', async () => {
  wire.answers.push(
    { body: { LaunchPathSummaries: [{ Id: 'lp-1', Name: 'One' }], NextPageToken: 'more' } },
    { body: { LaunchPathSummaries: [{ Id: 'lp-2', Name: 'Two' }] } },
  );
  expect(await aTenant().launchPaths('prod-bucket')).toEqual([
    { id: 'lp-1', name: 'One' },
    { id: 'lp-2', name: 'Two' },
  ]);
  expect(wire.inputs).toMatchObject([{ ProductId: 'prod-bucket' }, { PageToken: 'more' }]);
});

test('the outputs of a record that is done are read to the last page', async () => {
  const RecordDetail = { Status: 'SUCCEEDED' };
  wire.answers.push(
    {
      body: {
        RecordDetail,
        RecordOutputs: [{ OutputKey: 'A', OutputValue: '1', Description: 'first' }],
        NextPageToken: 'p2',
      },
    },
    { body: { RecordDetail, RecordOutputs: [{ OutputKey: 'B', OutputValue: '2' }] } },
  );
  expect(await aTenant().record('rec-1')).toStrictEqual({
    status: 'SUCCEEDED',
    errors: [],
    outputs: [
      { key: 'A', value: '1', description: 'first' },
      { key: 'B', value: '2' },
    ],
  });
});

test('a record under way is asked for once, however many pages it has', async () => {
  wire.answers.push({ body: { RecordDetail: { Status: 'IN_PROGRESS' }, NextPageToken: 'p2' } });
  expect((await aTenant().record('rec-1')).status).toBe('IN_PROGRESS');
  expect(wire.asked).toHaveLength(1);
});

test('a failed record carries its errors', async () => {
  const RecordErrors = [{ Code: 'InternalError', Description: 'rolled back' }];
  wire.answers.push({ body: { RecordDetail: { Status: 'FAILED', RecordErrors } } });
  expect((await aTenant().record('rec-1')).errors).toEqual([
    { code: 'InternalError', description: 'rolled back' },
  ]);
});

test('a provisioned product is found by its name, with the token that it was provisioned with', async () => {
  wire.answers.push({
    body: {
      ProvisionedProductDetail: {
        ...{ Id: 'pp-1', Name: 'invoices', Type: 'CFN_STACK', Status: 'TAINTED' },
        ...{ IdempotencyToken: 'launch-1', LastRecordId: 'rec-of-an-update' },
      },
    },
  });
  expect(await aTenant().provisionedProduct({ name: 'invoices' })).toEqual({
    id: 'pp-1',
    name: 'invoices',
    type: 'CFN_STACK',
    status: 'TAINTED',
    provisionToken: 'launch-1',
  });
  expect(wire.inputs).toEqual([{ Name: 'invoices' }]);
});

test('the record of a launch is found among those of updates and of the termination that came after it', async () => {
  const of = (RecordType: string, RecordId: string) => ({ RecordId, RecordType, Status: 'SUCCEEDED' });
  const later = [of('TERMINATE_PROVISIONED_PRODUCT', 'rec-9'), of('UPDATE_PROVISIONED_PRODUCT', 'rec-5')];
  wire.answers.push(
    { body: { RecordDetails: later, NextPageToken: 'earlier' } },
    { body: { RecordDetails: [of('PROVISION_PRODUCT', 'rec-1')] } },
  );
  expect(await aTenant().launchRecord('pp-1')).toEqual({ id: 'rec-1', status: 'SUCCEEDED' });
  const asked = {
    AccessLevelFilter: { Key: 'Role', Value: 'self' },
    SearchFilter: { Key: 'provisionedproduct', Value: 'pp-1' },
  };
  expect(wire.inputs).toEqual([asked, { ...asked, PageToken: 'earlier' }]);
});

test('a history without a launch has no record to follow', async () => {
  wire.answers.push({ body: { RecordDetails: [] } });
  expect(await aTenant().launchRecord('pp-1')).toBeUndefined();
});

const eventsPage = (
  status: string,
  next?: string,
) => `<DescribeStackEventsResponse><DescribeStackEventsResult>
  <StackEvents><member><EventId>e</EventId><StackId>${STACK_ID}</StackId><StackName>s</StackName>
  <LogicalResourceId>s</LogicalResourceId><PhysicalResourceId>${STACK_ID}</PhysicalResourceId>
  <ResourceType>AWS::CloudFormation::Stack</ResourceType><ResourceStatus>${status}</ResourceStatus>
  <Timestamp>2026-01-15T09:00:00Z</Timestamp></member></StackEvents>
  ${next ? `<NextToken>${next}</NextToken>` : ''}</DescribeStackEventsResult></DescribeStackEventsResponse>`;

test('stack events are read back to where the attempt began, and no further', async () => {
  wire.answers.push(
    { body: eventsPage('ROLLBACK_COMPLETE', 'two') },
    { body: eventsPage('CREATE_IN_PROGRESS', 'three') },
  );
  const events = await aTenant().stackEvents('SC-1', (read) => !reachAttemptsStart(read));
  expect(events.map(({ status }) => status)).toEqual(['ROLLBACK_COMPLETE', 'CREATE_IN_PROGRESS']);
  expect(wire.asked.map(({ operation }) => operation)).toEqual([
    'DescribeStackEvents',
    'DescribeStackEvents',
  ]);
});

const failure = (status: number, type: string) => ({ status, body: { __type: type, message: 'words' } });

test.each([
  [400, 'ThrottlingException', true],
  [400, 'SlowDown', true],
  [400, 'TransactionInProgressException', true],
  [400, 'EC2ThrottledException', true],
  [400, 'BandwidthLimitExceeded', true],
  [400, 'RequestTimeout', true],
  [403, 'InvalidSignatureException', true],
  [403, 'SignatureDoesNotMatch', true],
  [403, 'RequestTimeTooSkewed', true],
  [400, 'RequestInTheFuture', true],
  [429, 'LimitExceededException', true],
  [503, 'ServiceUnavailable', true],
  [400, 'ResourceNotFoundException', false],
  [400, 'AccessDeniedException', false],
  [400, 'LimitExceededException', false],
  [403, 'InvalidClientTokenId', false],
])('a %i %s is translated with its real name', async (status, code, transient) => {
  wire.answers.push(failure(status, code));
  const refused = aTenant().record('rec-1');
  await expect(refused).rejects.toMatchObject({ name: 'AwsFailure', code, transient, words: 'words' });
  await expect(refused).rejects.toThrow(`servicecatalog: ${code}`);
});

test('a connection that breaks is transient', async () => {
  wire.close();
  const refused = aTenant().record('rec-1');
  await expect(refused).rejects.toBeInstanceOf(AwsFailure);
  await expect(refused).rejects.toMatchObject({ transient: true });
});

test.each([
  ['without what it has to have', { body: { RecordDetail: {} } }, 'unexpected shape'],
  ['that is no JSON', { body: '<html>secret</html>' }, 'SyntaxError'],
  ['of a proxy in between', { status: 403, body: '<html>secret</html>' }, 'SyntaxError'],
])('an answer %s is neither half believed nor waited out', async (_what, answer, cause) => {
  wire.answers.push(answer);
  const thrown: unknown = await aTenant()
    .record('rec-1')
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AnswerNotUnderstood);
  expect(attemptFailed(thrown)).toMatchObject({
    message: `servicecatalog: AnswerNotUnderstood (${cause})`,
    transient: false,
  });
});

test('a failing service whose words cannot be understood is waited out', async () => {
  wire.answers.push({ status: 502, body: '<html>Bad gateway</html>' });
  await expect(aTenant().record('rec-1')).rejects.toMatchObject({ name: 'AwsFailure', transient: true });
});

test('a mistake of ours is not taken for a broken connection', async () => {
  const tenant = createTenant({
    serviceCatalog: new ServiceCatalogClient(wire.configuration),
    cloudFormation: new CloudFormationClient(wire.configuration),
    expired: () => undefined,
  });
  wire.answers.push({ body: eventsPage('CREATE_IN_PROGRESS', 'two') });
  const thrown: unknown = await tenant
    .stackEvents('SC-1', () => {
      throw new TypeError('secret is not a function');
    })
    .catch((error: unknown) => error);
  expect(attemptFailed(thrown)).toMatchObject({ message: 'Unexpected TypeError', transient: false });
});

test.each([
  [400, 'ExpiredTokenException'],
  [403, 'InvalidClientTokenId'],
  [400, 'UnrecognizedClientException'],
])('credentials that AWS answers with a %i %s are given up', async (status, code) => {
  let expired = 0;
  wire.answers.push(failure(status, code));
  await expect(aTenant(() => (expired += 1)).record('rec-1')).rejects.toMatchObject({ code });
  expect(expired).toBe(1);
});

const aStack = (
  outputs: string,
) => `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackId>${STACK_ID}</StackId>
  <StackName>s</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-15T09:00:00Z</CreationTime>
  ${outputs}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const OUTPUTS = `<Outputs><member><OutputKey>Address</OutputKey><OutputValue>https://a.example</OutputValue>
  <Description>where</Description></member></Outputs>`;
const refusedQuery = (code: string, message: string) => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

test.each([
  [OUTPUTS, [{ key: 'Address', value: 'https://a.example', description: 'where' }]],
  ['', []],
])('a stack is described by its ARN, with its outputs', async (outputs, expected) => {
  wire.answers.push({ body: aStack(outputs) });
  expect(await aTenant().stack(STACK_ID)).toEqual({ status: 'CREATE_COMPLETE', outputs: expected });
  expect(new URLSearchParams(wire.asked[0]?.body).get('StackName')).toBe(STACK_ID);
});

test('the physical id of a resource is asked for alone', async () => {
  wire.answers.push({
    body: `<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>
      <LogicalResourceId>Handle</LogicalResourceId><PhysicalResourceId>https://handle.example/?a=1&amp;b=2</PhysicalResourceId>
      <ResourceType>AWS::CloudFormation::WaitConditionHandle</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus>
      <LastUpdatedTimestamp>2026-01-15T09:00:00Z</LastUpdatedTimestamp></StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`,
  });
  expect(await aTenant().physicalId(STACK_ID, 'Handle')).toBe('https://handle.example/?a=1&b=2');
  expect(Object.fromEntries(new URLSearchParams(wire.asked[0]?.body))).toMatchObject({
    Action: 'DescribeStackResource',
    StackName: STACK_ID,
    LogicalResourceId: 'Handle',
  });
});

test('a stack or a resource that CloudFormation does not know is none; any other refusal is one', async () => {
  wire.answers.push(refusedQuery('ValidationError', `Stack with id ${STACK_ID} does not exist`));
  expect(await aTenant().stack(STACK_ID)).toBeUndefined();
  wire.answers.push(refusedQuery('ValidationError', `Resource Handle does not exist for stack ${STACK_ID}`));
  expect(await aTenant().physicalId(STACK_ID, 'Handle')).toBeUndefined();
  wire.answers.push(refusedQuery('ValidationError', '1 validation error detected'));
  await expect(aTenant().stack(STACK_ID)).rejects.toMatchObject({ code: 'ValidationError' });
  wire.answers.push(refusedQuery('AccessDenied', 'no'));
  await expect(aTenant().physicalId(STACK_ID, 'Handle')).rejects.toMatchObject({ code: 'AccessDenied' });
});
