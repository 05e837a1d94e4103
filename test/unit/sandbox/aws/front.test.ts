import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DescribeRecordCommand,
  ListPortfoliosCommand,
  ProvisionProductCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SourceData } from '@smithy/types';
import { createHash, createHmac } from 'node:crypto';
import { AwsError } from '../../../sandbox/aws/service';
import { HUB, PAYMENTS_DEV, REGION } from '../../../sandbox/organization';
import {
  CATALOG,
  EXTERNAL_ID,
  INGRESS,
  OPERATION,
  TENANT_ROLE_NAME,
  WAITERS_TABLE,
  WAKE,
  WEBHOOK_SECRET_ID,
} from './bridge-roles';
import { type RunningAws, runningAws } from './running-aws';

let aws: RunningAws;
beforeEach(async () => {
  aws = await runningAws();
});
afterEach(() => aws.close());

const anAssumption = (overrides: object = {}) =>
  new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${PAYMENTS_DEV}:role/${TENANT_ROLE_NAME}`,
    RoleSessionName: 'IT-42',
    ExternalId: EXTERNAL_ID,
    SourceIdentity: 'somebody',
    Tags: [{ Key: 'gatehouse:request', Value: 'IT-42' }],
    ...overrides,
  });

const aTenant = () => aws.as(TENANT_ROLE_NAME, PAYMENTS_DEV);
const aLaunch = (overrides: object = {}) =>
  new ProvisionProductCommand({
    ProductId: 'prod-1',
    ProvisioningArtifactId: 'pa-1',
    ProvisionedProductName: 'archive',
    ProvisionToken: 'launch-1',
    ProvisioningParameters: [{ Key: 'Retention', Value: '30' }],
    ...overrides,
  });

test('a call reaches its service parsed, with its caller, and the answer reaches the client', async () => {
  const createdAt = new Date('2026-01-15T09:00:00Z');
  aws.servicecatalog.answers = {
    ProvisionProduct: () => ({
      RecordDetail: { RecordId: 'rec-1', Status: 'CREATED', CreatedTime: createdAt },
    }),
  };
  const answer = await new ServiceCatalogClient(aTenant()).send(aLaunch());
  expect(answer.RecordDetail).toEqual({ RecordId: 'rec-1', Status: 'CREATED', CreatedTime: createdAt });
  expect(aws.servicecatalog.calls).toMatchObject([
    {
      operation: 'ProvisionProduct',
      region: REGION,
      input: { ProductId: 'prod-1', ProvisioningParameters: [{ Key: 'Retention', Value: '30' }] },
      principal: { account: PAYMENTS_DEV, roleName: 'GatehouseTenant' },
    },
  ]);
  expect(aws.journal.of('servicecatalog', 'ProvisionProduct')).toMatchObject([
    { caller: 'GatehouseTenant', status: 200, detail: { RecordId: 'rec-1', ProvisionToken: 'launch-1' } },
  ]);
});

test('a structure, a list and a date go through XML and come back', async () => {
  const at = new Date('2026-01-15T09:00:00.120Z');
  const StackEvents = [
    {
      StackId: 's',
      EventId: 'e1',
      StackName: 'SC-1',
      Timestamp: at,
      ResourceStatusReason: 'a < b & "c"',
    },
    { StackId: 's', EventId: 'e2', StackName: 'SC-1', Timestamp: at },
  ];
  aws.cloudformation.answers = { DescribeStackEvents: () => ({ StackEvents, NextToken: 'more' }) };
  const answer = await new CloudFormationClient(aTenant()).send(
    new DescribeStackEventsCommand({ StackName: `SC-${PAYMENTS_DEV}-pp-1` }),
  );
  expect(answer).toMatchObject({ StackEvents, NextToken: 'more' });
  expect(aws.cloudformation.calls[0]?.input).toEqual({ StackName: `SC-${PAYMENTS_DEV}-pp-1` });
});

test('a refusal keeps its real name in JSON and in XML', async () => {
  aws.servicecatalog.answers = {
    DescribeRecord: () => {
      throw new AwsError('ResourceNotFoundException', 'Record not found: rec-1');
    },
  };
  aws.cloudformation.answers = {
    DescribeStackEvents: () => {
      throw new AwsError('ValidationError', 'Stack [SC-1] does not exist');
    },
  };
  await expect(
    new ServiceCatalogClient(aTenant()).send(new DescribeRecordCommand({ Id: 'rec-1' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Record not found: rec-1' });
  await expect(
    new CloudFormationClient(aTenant()).send(
      new DescribeStackEventsCommand({ StackName: `SC-${PAYMENTS_DEV}-pp-1` }),
    ),
  ).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack [SC-1] does not exist' });
});

test('a required member that is missing is refused before the service sees the call', async () => {
  await expect(
    new ServiceCatalogClient(aTenant()).send(aLaunch({ ProvisionedProductName: undefined })),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value null at 'provisionedProductName' failed to satisfy constraint: Member must not be null",
  });
  expect(aws.servicecatalog.calls).toStrictEqual([]);
});

test('an operation that the stand-in does not have is answered 501, saying so', async () => {
  await expect(new ServiceCatalogClient(aTenant()).send(aLaunch())).rejects.toMatchObject({
    name: 'NotModelled',
    $metadata: { httpStatusCode: 501 },
  });
});

test('a role may do what it is granted, and nothing else', async () => {
  const denied = { name: 'AccessDeniedException' };
  await expect(
    new ServiceCatalogClient(aws.as(CATALOG)).send(new ListPortfoliosCommand({})),
  ).rejects.toMatchObject({
    ...denied,
    message: `User: arn:aws:sts::${HUB}:assumed-role/${CATALOG}/${CATALOG} is not authorized to perform: servicecatalog:ListPortfolios because no identity-based policy allows the servicecatalog:ListPortfolios action`,
  });
  await expect(new ServiceCatalogClient(aws.as(INGRESS)).send(aLaunch())).rejects.toMatchObject(denied);
  aws.secrets.put('another/secret', 'x');
  await expect(
    new SecretsManagerClient(aws.as(INGRESS)).send(new GetSecretValueCommand({ SecretId: 'another/secret' })),
  ).rejects.toMatchObject(denied);
  await expect(
    new CloudFormationClient(aTenant()).send(new DescribeStackEventsCommand({ StackName: 'somebody-elses' })),
  ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
});

test('a signature by another key, an unknown key and none at all are refused as AWS does', async () => {
  const credentials = aws.credentialsFor(INGRESS, HUB);
  const identity = (given: object) =>
    new STSClient({ ...aws.as(INGRESS), credentials: { ...credentials, ...given } }).send(
      new GetCallerIdentityCommand({}),
    );
  await expect(identity({ secretAccessKey: 'wrong' })).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
  await expect(identity({ accessKeyId: 'ASIAUNKNOWN' })).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
  await expect(identity({ sessionToken: 'another' })).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  await expect(
    new ServiceCatalogClient({
      ...aws.as(INGRESS),
      credentials: { ...credentials, secretAccessKey: 'wrong' },
    }).send(aLaunch()),
  ).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  const bare = await fetch(aws.endpoint, { method: 'POST', body: '{}' });
  expect(bare.status).toBe(403);
  const halved = await fetch(aws.endpoint, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/sts/aws4_request' },
  });
  expect([halved.status, halved.headers.get('x-amzn-errortype')]).toEqual([
    400,
    'IncompleteSignatureException',
  ]);
  expect(aws.journal.entries.every((entry) => entry.status >= 400)).toBe(true);
});

class Sha256 {
  readonly #hash;
  constructor(key?: SourceData) {
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key as Uint8Array);
  }
  update(data: Uint8Array) {
    this.#hash.update(data);
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset() {
    throw new Error('not used');
  }
}

/** Sends one body under the signature of another, past the client that would keep them the same. */
const sendSigned = async (
  target: string,
  role: string,
  account: string,
  signedBody: string,
  body: string,
) => {
  const url = new URL(aws.endpoint);
  const { headers } = await new SignatureV4({
    credentials: aws.credentialsFor(role, account),
    region: REGION,
    service: target.startsWith('secretsmanager') ? 'secretsmanager' : 'servicecatalog',
    sha256: Sha256,
  }).sign({
    method: 'POST',
    protocol: 'http:',
    hostname: url.hostname,
    path: '/',
    headers: { host: url.host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: signedBody,
  });
  const answer = await fetch(aws.endpoint, { method: 'POST', headers, body });
  return { status: answer.status, body: (await answer.json()) as unknown };
};

test('a body that was changed after it was signed is refused', async () => {
  aws.secrets.put(WEBHOOK_SECRET_ID, 'value');
  const body = JSON.stringify({ SecretId: WEBHOOK_SECRET_ID });
  const send = (sent: string) => sendSigned('secretsmanager.GetSecretValue', INGRESS, HUB, body, sent);
  expect((await send(body)).status).toBe(200);
  expect((await send(`${body} `)).body).toMatchObject({ __type: 'InvalidSignatureException' });
});

test.each([
  ['a number for a string', '{"Id":42}', 'a number where a string is expected'],
  ['no JSON at all', '{"Id":', 'The request body is not valid JSON'],
  ['a list', '[]', 'The request body is not a JSON object'],
])('%s is a SerializationException', async (_, body, message) => {
  const target = 'AWS242ServiceCatalogService.DescribeRecord';
  expect(await sendSigned(target, TENANT_ROLE_NAME, PAYMENTS_DEV, body, body)).toEqual({
    status: 400,
    body: { __type: 'SerializationException', Message: message },
  });
});

test('the operation role assumes the tenant role; the session is what it was asked to be', async () => {
  const { Credentials } = await new STSClient(aws.as(OPERATION)).send(anAssumption());
  expect(Credentials?.Expiration).toEqual(new Date(aws.clock.now().getTime() + 3_600_000));
  const client = new STSClient({
    ...aws.as(OPERATION),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: PAYMENTS_DEV,
    Arn: `arn:aws:sts::${PAYMENTS_DEV}:assumed-role/GatehouseTenant/IT-42`,
  });
  await aws.clock.advance(3_600_000);
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
});

test.each([
  ['another external id', { ExternalId: 'another' }],
  ['no external id', { ExternalId: undefined }],
  ['no source identity', { SourceIdentity: undefined }],
  ['a role that is not there', { RoleArn: `arn:aws:iam::100000000005:role/${TENANT_ROLE_NAME}` }],
  [
    'a role that trusts somebody else',
    { RoleArn: `arn:aws:iam::${PAYMENTS_DEV}:role/gatehouse/GatehouseLaunch` },
  ],
])('a role is not assumed with %s', async (_, overrides) => {
  await expect(new STSClient(aws.as(OPERATION)).send(anAssumption(overrides))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
});

test('the trust names one role: no other function assumes the tenant role', async () => {
  for (const role of [INGRESS, CATALOG, WAKE]) {
    await expect(new STSClient(aws.as(role)).send(anAssumption())).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  }
});

test.each([
  ['a session name with a colon', { RoleSessionName: 'a:b' }],
  ['a source identity with a colon', { SourceIdentity: '712020:0f7e' }],
  ['a session of a minute', { DurationSeconds: 60 }],
  ['a chained session of two hours', { DurationSeconds: 7200 }],
])('%s is a ValidationError', async (_, overrides) => {
  await expect(new STSClient(aws.as(OPERATION)).send(anAssumption(overrides))).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test('a secret is found by name and by ARN, and its new version after a rotation', async () => {
  const client = new SecretsManagerClient(aws.as(INGRESS));
  await expect(client.send(new GetSecretValueCommand({ SecretId: WEBHOOK_SECRET_ID }))).rejects.toMatchObject(
    { name: 'ResourceNotFoundException' },
  );
  aws.secrets.put(WEBHOOK_SECRET_ID, 'one');
  const first = await client.send(new GetSecretValueCommand({ SecretId: WEBHOOK_SECRET_ID }));
  aws.secrets.put(WEBHOOK_SECRET_ID, 'two');
  const second = await client.send(new GetSecretValueCommand({ SecretId: first.ARN }));
  expect([first.SecretString, second.SecretString]).toEqual(['one', 'two']);
  expect(JSON.stringify(aws.journal.entries)).not.toContain('two');
});

test('the waiters table is there, behind the same front', async () => {
  const item = { stack: { S: '1/eu-west-1/SC-1' }, callbackId: { S: 'c' }, expiresAt: { N: '1' } };
  await new DynamoDBClient(aws.as(OPERATION)).send(
    new PutItemCommand({ TableName: WAITERS_TABLE, Item: item }),
  );
  const read = new GetItemCommand({ TableName: WAITERS_TABLE, Key: { stack: item.stack } });
  expect((await new DynamoDBClient(aws.as(WAKE)).send(read)).Item).toEqual(item);
  await expect(new DynamoDBClient(aws.as(INGRESS)).send(read)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('each fault is the service’s own, once', async () => {
  aws.servicecatalog.answers = { ProvisionProduct: () => ({ RecordDetail: { RecordId: 'rec-1' } }) };
  const catalog = new ServiceCatalogClient(aTenant());
  for (const fault of ['throttled', 'failed', 'unreachable', 'answer lost'] as const) {
    aws.faults.plan('servicecatalog', 'ProvisionProduct', fault);
  }
  await expect(catalog.send(aLaunch())).rejects.toMatchObject({ name: 'ThrottlingException' });
  await expect(catalog.send(aLaunch())).rejects.toMatchObject({
    name: 'InternalFailure',
    $metadata: { httpStatusCode: 500 },
  });
  await expect(catalog.send(aLaunch())).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(aws.servicecatalog.calls).toHaveLength(0);
  await expect(catalog.send(aLaunch())).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(aws.servicecatalog.calls).toHaveLength(1);
  await catalog.send(aLaunch());
  expect(aws.journal.of('servicecatalog').map((entry) => entry.status)).toEqual([400, 500, 0, 0, 200]);

  aws.faults.plan('dynamodb', 'GetItem', 'throttled');
  await expect(
    new DynamoDBClient(aws.as(WAKE)).send(
      new GetItemCommand({ TableName: WAITERS_TABLE, Key: { stack: { S: 'x' } } }),
    ),
  ).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
});
