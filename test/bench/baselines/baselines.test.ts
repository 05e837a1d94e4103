import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { STSClient } from '@aws-sdk/client-sts';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { z } from 'zod';
import { seal } from '../../../aws-bridge/contract/codec';
import { signingKey } from '../../../aws-bridge/contract/signature';
import { anApprovedOperation } from '../../builders/orders';
import { answerAtOnce, type Answered, ENVIRONMENT, REGION, WEBHOOK_SECRET } from '../quick-aws';
import { createQuickExecutions } from '../quick-executions';
import { composeBareDurable } from './bare-durable';
import { composeBareSdk } from './bare-sdk';
import { composePowertools } from './powertools';
import { composeSingleFile } from './single-file';

const operation = anApprovedOperation();
const launches: string[] = [];
const roles: string[] = [];
const items = new Map<string, object>();
const executions = createQuickExecutions();

const Put = z.object({ Item: z.looseObject({ id: z.object({ S: z.string() }) }) });
const Updated = z.object({
  Key: z.object({ id: z.object({ S: z.string() }) }),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()),
});

const conditionFailed = (Item: object): Answered => ({
  status: 400,
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
    message: 'The conditional request failed',
    Item,
  }),
});

const aws = answerAtOnce({
  AssumeRole: (body) => {
    roles.push(body);
    return {
      headers: { 'content-type': 'text/xml' },
      body: '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>example</SecretAccessKey><SessionToken>example</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
    };
  },
  ProvisionProduct: (body) => {
    launches.push(body);
    return { body: JSON.stringify({ RecordDetail: { RecordId: 'rec-1', Status: 'CREATED' } }) };
  },
  PutItem: (body) => {
    const { Item } = Put.parse(JSON.parse(body));
    const known = items.get(Item.id.S);
    if (known) return conditionFailed(known);
    items.set(Item.id.S, Item);
    return { body: '{}' };
  },
  UpdateItem: (body) => {
    const { Key, ExpressionAttributeValues: values } = Updated.parse(JSON.parse(body));
    const { ':expiry': expiration, ':status': status, ':response_data': data } = values;
    items.set(Key.id.S, { id: Key.id, expiration, status, data });
    return { body: '{}' };
  },
  CheckpointDurableExecution: executions.checkpoint,
});

const clients = () => {
  const configuration = {
    region: REGION,
    credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'example' },
  };
  return {
    secretsManager: new SecretsManagerClient(configuration),
    sts: new STSClient(configuration),
    serviceCatalogIn: () => new ServiceCatalogClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  };
};

/** What the HTTP API makes of a message of the app. */
const anEvent = (secret = WEBHOOK_SECRET): APIGatewayProxyEventV2 => {
  const { headers, body } = seal({
    id: operation.operationId,
    at: new Date(),
    content: { type: 'operation.approved', timestamp: new Date().toISOString(), data: operation },
    key: signingKey(secret),
  });
  return {
    version: '2.0',
    routeKey: 'POST /webhook',
    rawPath: '/webhook',
    rawQueryString: '',
    headers: { ...headers },
    requestContext: {
      accountId: '100000000002',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: {
        method: 'POST',
        path: '/webhook',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'app',
      },
      requestId: 'request',
      routeKey: 'POST /webhook',
      stage: '$default',
      time: '15/Jan/2026:09:00:00 +0000',
      timeEpoch: Date.now(),
    },
    body,
    isBase64Encoded: false,
  };
};
const OTHER_SECRET = `whsec_${Buffer.alloc(32, 99).toString('base64')}`;

/** As much of Lambda's context as Powertools reads. */
const CONTEXT = {
  awsRequestId: '1',
  functionName: 'bridge',
  getRemainingTimeInMillis: () => 20_000,
} as Context;

const Launch = z.object({
  ProvisionToken: z.string(),
  ProvisionedProductName: z.string(),
  ProductId: z.string(),
});
const launched = () => launches.map((body) => Launch.parse(JSON.parse(body)));

// The class that it stands in for is every test's.
afterAll(() => aws.end());

beforeEach(() => {
  launches.length = 0;
  roles.length = 0;
  items.clear();
  aws.takeAsked();
});

describe('the single file', () => {
  const { secretsManager, sts, serviceCatalogIn } = clients();
  const tokens = ['11111111-a', '22222222-b'];
  const handler = composeSingleFile(ENVIRONMENT, () => new Date(), {
    ...{ secretsManager, sts, serviceCatalogIn },
    uuid: () => tokens.shift() ?? '',
  });

  test('launches what arrives, in the tenant, with a token of its own at each delivery', async () => {
    expect(await handler(anEvent())).toMatchObject({ statusCode: 202 });
    expect(await handler(anEvent())).toMatchObject({ statusCode: 202 });
    expect(launched()).toMatchObject([
      { ProvisionToken: '11111111-a', ProductId: operation.order.productId },
      { ProvisionToken: '22222222-b', ProductId: operation.order.productId },
    ]);
    expect(roles[0]).toContain(encodeURIComponent(`arn:aws:iam::${operation.order.account}:role/tenant`));
    expect(roles[0]).toContain(`ExternalId=${encodeURIComponent(ENVIRONMENT.EXTERNAL_ID)}`);
  });

  test('refuses what somebody else signed, and calls nobody for it', async () => {
    expect(await handler(anEvent(OTHER_SECRET))).toMatchObject({ statusCode: 401 });
    expect(roles).toStrictEqual([]);
  });
});

describe('the one on Powertools', () => {
  const handler = composePowertools(ENVIRONMENT, () => new Date(), {
    ...clients(),
    logger: new Logger({ logLevel: 'SILENT' }),
  });

  test('launches once, under the id of the operation, and answers a repeat as it did before', async () => {
    const first = await handler(anEvent(), CONTEXT);
    const second = await handler(anEvent(), CONTEXT);
    expect(first).toMatchObject({ statusCode: 202 });
    expect(second).toEqual(first);
    expect(launched()).toMatchObject([{ ProvisionToken: operation.operationId }]);
    expect(roles[0]).toContain(`ExternalId=${encodeURIComponent(ENVIRONMENT.EXTERNAL_ID)}`);
  });

  test('refuses what somebody else signed, and writes nothing down for it', async () => {
    expect(await handler(anEvent(OTHER_SECRET), CONTEXT)).toMatchObject({ statusCode: 401 });
    expect(items.size).toBe(0);
    expect(launches).toStrictEqual([]);
  });
});

describe('on the clients alone', () => {
  // They find region and credentials where Lambda puts them.
  const before = { ...process.env };
  beforeAll(() => void Object.assign(process.env, ENVIRONMENT));
  afterAll(() => {
    process.env = before;
  });

  test('the bare handler launches', async () => {
    expect(await composeBareSdk(ENVIRONMENT)(anEvent())).toMatchObject({ statusCode: 202 });
    expect(launched()).toMatchObject([{ ProvisionToken: operation.operationId }]);
  });

  test('the bare durable handler launches and follows to the end', async () => {
    const told = await executions.runToEnd(composeBareDurable(ENVIRONMENT), 'launch-1', operation);
    expect(JSON.parse(told)).toEqual({ status: 'SUCCEEDED' });
    expect(aws.takeAsked().filter((asked) => asked !== 'CheckpointDurableExecution')).toEqual([
      ...['AssumeRole', 'ListLaunchPaths', 'ProvisionProduct', 'tell', 'DescribeRecord'],
      ...['DescribeRecord', 'tell'],
    ]);
  });
});
