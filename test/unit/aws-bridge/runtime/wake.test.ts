import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient, SendDurableExecutionCallbackSuccessCommand } from '@aws-sdk/client-lambda';
import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { createTableCall } from '../../../../aws-bridge/runtime/table';
import { createCompleteCallback, createFindWaiter } from '../../../../aws-bridge/runtime/wake';
import { type GivenAnswer, startHttpServer } from './http-server';

let server: Awaited<ReturnType<typeof startHttpServer>>;
let answer: GivenAnswer;
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
    AWS_ENDPOINT_URL: server.url,
  });
const signedFetch = (service: string) =>
  createSignedFetch(service, configuration(), { now: () => new Date(), timeout: 2_000 });
const findWaiter = () => createFindWaiter(createTableCall(signedFetch('dynamodb'), 'waiters'));

test("a callback is completed as the SDK's client completes it", async () => {
  const CallbackId = 'Ab1+/=:callback';
  await new LambdaClient(configuration()).send(
    new SendDurableExecutionCallbackSuccessCommand({ CallbackId }),
  );
  expect(await createCompleteCallback(signedFetch('lambda'))(CallbackId)).toBe('completed');
  const [bySdk, byUs] = server.received;
  expect([byUs?.method, byUs?.url, byUs?.body]).toEqual([bySdk?.method, bySdk?.url, bySdk?.body]);
});

test("a waiter is looked up as the SDK's client looks it up", async () => {
  await new DynamoDBClient(configuration()).send(
    new GetItemCommand({ TableName: 'waiters', Key: { key: { S: 'a/b/c' } }, ConsistentRead: true }),
  );
  expect(await findWaiter()('a/b/c')).toBeUndefined();
  const [bySdk, byUs] = server.received;
  expect([byUs?.method, byUs?.url]).toEqual([bySdk?.method, bySdk?.url]);
  expect(JSON.parse(byUs?.body ?? '')).toEqual(JSON.parse(bySdk?.body ?? ''));
  for (const header of ['x-amz-target', 'content-type']) {
    expect(byUs?.headers[header]).toBe(bySdk?.headers[header]);
  }
});

test('a waiter has a callback, and a time until which it waits', async () => {
  answer = { status: 200, body: { Item: { callbackId: { S: 'callback' }, expiresAt: { N: '1772445600' } } } };
  expect(await findWaiter()('a/b/c')).toEqual({
    callbackId: 'callback',
    expiresAt: new Date('2026-03-02T10:00:00Z'),
  });
});

test.each<[object | string, string, RegExp]>([
  [
    { Item: { callbackId: { S: '' }, expiresAt: { N: '1' } } },
    'WaiterMalformed',
    /^The waiter a\/b\/c needs/,
  ],
  [{ Item: { callbackId: { S: 'callback' }, expiresAt: { N: 'soon' } } }, 'WaiterMalformed', /epoch seconds/],
  ['no JSON', 'DownstreamFailed', /dynamodb failed/],
])('what is no waiter is an error (%j)', async (body, name, message) => {
  answer = { status: 200, body };
  const thrown: unknown = await findWaiter()('a/b/c').catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name, message: expect.stringMatching(message) as string });
});

test.each([
  [400, 'CallbackTimeoutException'],
  [404, 'ResourceNotFoundException'],
])('a callback that is closed or unknown (%i %s) is awaited no longer', async (status, name) => {
  answer = { status, headers: { 'x-amzn-errortype': name } };
  expect(await createCompleteCallback(signedFetch('lambda'))('callback')).toBe('no-longer-awaited');
});

test('a callback that may not be completed is an error', async () => {
  answer = { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } };
  await expect(createCompleteCallback(signedFetch('lambda'))('callback')).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});
