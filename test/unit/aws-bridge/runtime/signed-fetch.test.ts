import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LambdaClient, ListDurableExecutionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { DownstreamFailed, DownstreamThrottled } from '../../../../aws-bridge/runtime/downstream';
import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import { AwsRefused, createSignedFetch, uriEncoded } from '../../../../aws-bridge/runtime/signed-fetch';
import { createSecretReader } from '../../../../aws-bridge/runtime/stored-secret';
import { type GivenAnswer, startHttpServer } from './http-server';
import { SECRET } from './messages';

let server: Awaited<ReturnType<typeof startHttpServer>>;
let answer: GivenAnswer | 'hang up' | 'never';
beforeEach(async () => {
  answer = { status: 200, body: {} };
  server = await startHttpServer(() => answer);
});
afterEach(() => server.stop());

const configuration = () =>
  awsConfiguration({
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    AWS_ENDPOINT_URL: server.url,
  });

const signedFetch = (service: string, { timeout = 2_000, now = () => new Date() } = {}) =>
  createSignedFetch(service, configuration(), { now, timeout });

/** The moment at which a signature was made, out of `x-amz-date`. */
const signedAt = (amzDate: unknown): Date =>
  new Date(String(amzDate).replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));

/** What of an Authorization header does not depend on which headers a client chooses to sign. */
const scopeOf = (authorization: string | undefined) => /Credential=([^,]*)/.exec(authorization ?? '')?.[1];

test('a secret is asked for exactly as the SDK asks for it', async () => {
  answer = { status: 200, body: { SecretString: '{}' } };
  await new SecretsManagerClient(configuration()).send(
    new GetSecretValueCommand({ SecretId: 'hub/webhook' }),
  );
  const [bySdk] = server.received;
  const now = () => signedAt(bySdk?.headers['x-amz-date']);
  await createSecretReader(signedFetch('secretsmanager', { now }), 'hub/webhook')();
  const [, byUs] = server.received;
  for (const header of ['x-amz-target', 'content-type', 'x-amz-date', 'x-amz-security-token', 'host']) {
    expect([header, byUs?.headers[header]]).toEqual([header, bySdk?.headers[header]]);
  }
  expect([byUs?.method, byUs?.url, byUs?.body]).toEqual([bySdk?.method, bySdk?.url, bySdk?.body]);
  expect(scopeOf(byUs?.headers.authorization)).toBe(scopeOf(bySdk?.headers.authorization));
});

test('a path and a query with characters that need escaping are sent as the SDK sends them', async () => {
  const FunctionName = 'arn:aws:lambda:eu-west-1:100000000002:function:operation';
  const DurableExecutionName = "launch-1 (a/b)*'!~é+";
  const lambda = new LambdaClient(configuration());
  await lambda.send(new ListDurableExecutionsByFunctionCommand({ FunctionName, DurableExecutionName }));
  await signedFetch('lambda')({
    method: 'GET',
    path: `/2025-12-01/functions/${uriEncoded(FunctionName)}/durable-executions`,
    query: { DurableExecutionName },
  });
  const [bySdk, byUs] = server.received;
  expect(byUs?.url).toBe(bySdk?.url);
});

test.each<[string, GivenAnswer | 'hang up', unknown]>([
  [
    'a name in the header, with a link behind it',
    { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException:http://internal/' } },
    { code: 'ResourceNotFoundException', status: 404 },
  ],
  [
    'a name in the body, with a namespace before it',
    { status: 400, body: { __type: 'com.amazonaws.secretsmanager#InvalidRequestException' } },
    { code: 'InvalidRequestException', status: 400 },
  ],
  [
    'a name in XML, with a dot in it',
    {
      status: 400,
      body: '<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message/></Error></Errors></Response>',
    },
    { code: 'InvalidVpcID.NotFound', status: 400 },
  ],
  ['no name at all', { status: 403, body: 'Forbidden' }, { code: 'UnknownError', status: 403 }],
])('a refusal is told by its name: %s', async (_, given, expected) => {
  answer = given;
  const refused: unknown = await signedFetch('lambda')({ method: 'GET', path: '/' }).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(AwsRefused);
  expect(refused).toMatchObject({ ...(expected as object) });
});

test.each<[GivenAnswer]>([
  [{ status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' } }],
  [{ status: 400, body: { __type: 'ThrottlingException' } }],
  [{ status: 429, body: 'Rate exceeded' }],
])('throttling is told apart (%j)', async (given) => {
  answer = given;
  await expect(signedFetch('lambda')({ method: 'GET', path: '/' })).rejects.toThrow(DownstreamThrottled);
});

test.each<[string, GivenAnswer | 'hang up' | 'never']>([
  ['an internal error', { status: 500, body: { __type: 'ServiceException' } }],
  ['a broken connection', 'hang up'],
  ['no answer in time', 'never'],
  ['a redirect, which a signature does not survive', { status: 307, headers: { location: '/elsewhere' } }],
])('%s is a failure of the service', async (_, given) => {
  answer = given;
  const call = signedFetch('lambda', { timeout: 200 })({ method: 'GET', path: '/' });
  await expect(call).rejects.toThrow(DownstreamFailed);
});

test.each([
  { status: 200, body: { ARN: 'arn' } },
  { status: 200, body: `${SECRET} is no JSON` },
])('an answer without a secret fails without being quoted (%#)', async (given) => {
  answer = given;
  const failed: unknown = await createSecretReader(signedFetch('secretsmanager'), 'hub/webhook')().catch(
    (error: unknown) => error,
  );
  expect(failed).toBeInstanceOf(DownstreamFailed);
  expect(String((failed as Error).cause)).not.toContain(SECRET);
});
