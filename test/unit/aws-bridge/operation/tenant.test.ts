import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { STSClient } from '@aws-sdk/client-sts';
import { AwsFailure } from '../../../../aws-bridge/operation/aws-failure';
import { createEnterTenant } from '../../../../aws-bridge/operation/enter-tenant';
import { launchRequest } from '../../../../aws-bridge/operation/launch-request';
import { reachAttemptsStart } from '../../../../aws-bridge/operation/stack-failure';
import { createTenant } from '../../../../aws-bridge/operation/tenant';
import type { Tenant } from '../../../../aws-bridge/operation/tenant-port';
import { createRegisterWaiter } from '../../../../aws-bridge/operation/waiters';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { anOperation, STACK_ID } from './builders';

interface Asked {
  readonly headers: IncomingHttpHeaders;
  /** A JSON protocol's operation, or the Query protocol's action. */
  readonly operation: string;
  readonly body: string;
}
interface Answer {
  readonly status?: number;
  readonly body: string | object;
}

let server: Server;
let endpoint: string;
let asked: Asked[];
let answers: Answer[];

beforeEach(async () => {
  asked = [];
  answers = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target = request.headers['x-amz-target'];
      const operation = typeof target === 'string' ? target : (new URLSearchParams(body).get('Action') ?? '');
      asked.push({ headers: request.headers, operation: operation.split('.').at(-1) ?? '', body });
      const answer = answers.shift() ?? { status: 500, body: {} };
      const xml = typeof answer.body === 'string';
      response
        .writeHead(answer.status ?? 200, { 'content-type': xml ? 'text/xml' : 'application/x-amz-json-1.1' })
        .end(xml ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  endpoint = `http://127.0.0.1:${address.port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const configuration = () => ({
  region: 'eu-west-1',
  endpoint,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  maxAttempts: 1,
});

const aTenant = (expired: () => void = () => undefined): Tenant =>
  createTenant({
    serviceCatalog: new ServiceCatalogClient(configuration()),
    cloudFormation: new CloudFormationClient(configuration()),
    expired,
  });

const bodies = () => asked.map(({ body }): unknown => JSON.parse(body));

test('a launch says everything that the order says, and repeats token and name', async () => {
  answers.push({
    body: { RecordDetail: { RecordId: 'rec-1', Status: 'CREATED', ProvisionedProductId: 'pp-1' } },
  });
  const record = await aTenant().provision(launchRequest(anOperation(), 'lpv2-one'));
  expect(record).toEqual({
    id: 'rec-1',
    status: 'CREATED',
    provisionedProductId: 'pp-1',
    provisionedProductType: undefined,
  });
  expect(bodies()).toEqual([
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
  answers.push(
    { body: { LaunchPathSummaries: [{ Id: 'lp-1', Name: 'One' }], NextPageToken: 'more' } },
    { body: { LaunchPathSummaries: [{ Id: 'lp-2', Name: 'Two' }] } },
  );
  expect(await aTenant().launchPaths('prod-bucket')).toEqual([
    { id: 'lp-1', name: 'One' },
    { id: 'lp-2', name: 'Two' },
  ]);
  expect(bodies()).toMatchObject([{ ProductId: 'prod-bucket' }, { PageToken: 'more' }]);
});

test('the outputs of a record that is done are read to the last page', async () => {
  const RecordDetail = { Status: 'SUCCEEDED' };
  answers.push(
    {
      body: {
        RecordDetail,
        RecordOutputs: [{ OutputKey: 'A', OutputValue: '1', Description: 'first' }],
        NextPageToken: 'p2',
      },
    },
    { body: { RecordDetail, RecordOutputs: [{ OutputKey: 'B', OutputValue: '2' }] } },
  );
  expect(await aTenant().record('rec-1')).toEqual({
    status: 'SUCCEEDED',
    errors: [],
    outputs: [
      { key: 'A', value: '1', description: 'first' },
      { key: 'B', value: '2' },
    ],
  });
});

test('a record under way is asked for once, however many pages it has', async () => {
  answers.push({ body: { RecordDetail: { Status: 'IN_PROGRESS' }, NextPageToken: 'p2' } });
  expect((await aTenant().record('rec-1')).status).toBe('IN_PROGRESS');
  expect(asked).toHaveLength(1);
});

test('a failed record carries its errors', async () => {
  const RecordErrors = [{ Code: 'InternalError', Description: 'rolled back' }];
  answers.push({ body: { RecordDetail: { Status: 'FAILED', RecordErrors } } });
  expect((await aTenant().record('rec-1')).errors).toEqual([
    { code: 'InternalError', description: 'rolled back' },
  ]);
});

test('a provisioned product is found by its name, with the token that it was provisioned with', async () => {
  answers.push({
    body: {
      ProvisionedProductDetail: {
        ...{ Id: 'pp-1', Type: 'CFN_STACK', Status: 'TAINTED' },
        ...{ IdempotencyToken: 'launch-1', LastRecordId: 'rec-1' },
      },
    },
  });
  expect(await aTenant().provisionedProduct({ name: 'invoices' })).toEqual({
    id: 'pp-1',
    type: 'CFN_STACK',
    status: 'TAINTED',
    provisionToken: 'launch-1',
    lastRecordId: 'rec-1',
  });
  expect(bodies()).toEqual([{ Name: 'invoices' }]);
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
  answers.push(
    { body: eventsPage('ROLLBACK_COMPLETE', 'two') },
    { body: eventsPage('CREATE_IN_PROGRESS', 'three') },
  );
  const events = await aTenant().stackEvents('SC-1', (read) => !reachAttemptsStart(read));
  expect(events.map(({ status }) => status)).toEqual(['ROLLBACK_COMPLETE', 'CREATE_IN_PROGRESS']);
  expect(asked.map(({ operation }) => operation)).toEqual(['DescribeStackEvents', 'DescribeStackEvents']);
});

const failure = (status: number, type: string) => ({ status, body: { __type: type, message: 'words' } });

test.each([
  [400, 'ThrottlingException', true],
  [503, 'ServiceUnavailable', true],
  [400, 'ResourceNotFoundException', false],
  [400, 'AccessDeniedException', false],
])('a %i %s is translated with its real name', async (status, code, transient) => {
  answers.push(failure(status, code));
  const refused = aTenant().record('rec-1');
  await expect(refused).rejects.toMatchObject({ name: 'AwsFailure', code, transient, words: 'words' });
  await expect(refused).rejects.toThrow(`servicecatalog: ${code}`);
});

test('a connection that breaks is transient', async () => {
  server.closeAllConnections();
  server.close();
  const refused = aTenant().record('rec-1');
  await expect(refused).rejects.toBeInstanceOf(AwsFailure);
  await expect(refused).rejects.toMatchObject({ transient: true });
});

test('an answer without what it has to have is transient, never half believed', async () => {
  answers.push({ body: { RecordDetail: {} } });
  await expect(aTenant().record('rec-1')).rejects.toMatchObject({ name: 'AwsFailure', transient: true });
});

test('credentials that AWS calls too old are given up', async () => {
  let expired = 0;
  answers.push(failure(400, 'ExpiredTokenException'));
  await expect(aTenant(() => (expired += 1)).record('rec-1')).rejects.toMatchObject({ transient: true });
  expect(expired).toBe(1);
});

const session = (
  expiration: string,
) => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
  <SessionToken>token</SessionToken><Expiration>${expiration}</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;

test('the tenant role is assumed once for an operation, until shortly before the session ends', async () => {
  let now = new Date('2026-01-15T09:00:00Z');
  answers.push({ body: session('2026-01-15T10:00:00Z') }, { body: session('2026-01-15T11:00:00Z') });
  const opened: string[] = [];
  const enter = createEnterTenant({
    sts: new STSClient(configuration()),
    roleName: 'gatehouse/GatehouseTenant',
    externalId: 'external',
    open: (_operation, credentials) => {
      opened.push(credentials.accessKeyId);
      return aTenant();
    },
    now: () => now,
  });

  const first = await enter(anOperation());
  expect(await enter(anOperation())).toBe(first);
  now = new Date('2026-01-15T09:56:00Z');
  expect(await enter(anOperation())).not.toBe(first);

  expect(opened).toEqual(['ASIAEXAMPLE', 'ASIAEXAMPLE']);
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: 'arn:aws:iam::100000000003:role/gatehouse/GatehouseTenant',
    ExternalId: 'external',
    RoleSessionName: 'IT-42',
    SourceIdentity: 'jira.712020=0f7e0000-0000-4000-8000-000000000002',
    'Tags.member.1.Key': 'gatehouse:operation',
    'Tags.member.1.Value': 'launch-10042-0123456789abcdef',
  });
});

test('a role that may not be assumed is a refusal of STS', async () => {
  const body =
    '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
  answers.push({ status: 403, body });
  const enter = createEnterTenant({
    sts: new STSClient(configuration()),
    roleName: 'GatehouseTenant',
    externalId: 'external',
    open: () => aTenant(),
    now: () => new Date(),
  });
  await expect(enter(anOperation())).rejects.toMatchObject({
    service: 'sts',
    code: 'AccessDenied',
    transient: false,
  });
});

test('a waiter is kept under its stack until it expires', async () => {
  answers.push({ body: {} });
  const dynamodb = createSignedFetch('dynamodb', configuration(), { now: () => new Date(), timeout: 5000 });
  await createRegisterWaiter(
    dynamodb,
    'waiters',
  )({
    stack: 'account/region/stack',
    callbackId: 'callback',
    expiresAt: new Date(1_768_467_600_500),
  });
  expect(asked[0]?.operation).toBe('PutItem');
  expect(bodies()).toEqual([
    {
      TableName: 'waiters',
      Item: {
        stack: { S: 'account/region/stack' },
        callbackId: { S: 'callback' },
        expiresAt: { N: '1768467601' },
      },
    },
  ]);
});
