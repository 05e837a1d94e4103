import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { waiterKey } from '../../../../aws-bridge/runtime/waiter-key';
import { composeWake } from '../../../../aws-bridge/wake/compose';
import { type GivenAnswer, startHttpServer } from '../runtime/http-server';
import { NOW } from '../runtime/messages';
import { aStackEvent, STACK_NAME, stackId } from './stack-events';

const KEY = waiterKey({ account: '100000000003', region: 'eu-west-1', stackName: STACK_NAME });
const IN_A_MINUTE = String(NOW.getTime() / 1000 + 60);

let item: object | undefined;
let lambda: GivenAnswer;
let dynamodb: GivenAnswer | undefined;
let server: Awaited<ReturnType<typeof startHttpServer>>;
beforeEach(async () => {
  item = { key: { S: KEY }, callbackId: { S: 'callback/1' }, expiresAt: { N: IN_A_MINUTE } };
  lambda = { status: 200, body: {} };
  dynamodb = undefined;
  server = await startHttpServer(({ headers }) =>
    headers['x-amz-target'] === 'DynamoDB_20120810.GetItem'
      ? (dynamodb ?? { status: 200, body: { ...(item && { Item: item }) } })
      : lambda,
  );
});
afterEach(() => server.stop());

const setUp = () => {
  const lines: LogLine[] = [];
  const wake = composeWake(
    {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: server.url,
      WAITERS_TABLE: 'waiters',
    },
    () => NOW,
    (line) => lines.push(line),
  );
  return { wake, lines };
};

test('whoever waits for the stack is woken, without being told anything', async () => {
  const { wake, lines } = setUp();
  await wake(aStackEvent());
  const [get, complete, ...others] = server.received;
  expect(others).toStrictEqual([]);
  expect(JSON.parse(get?.body ?? '')).toEqual({
    TableName: 'waiters',
    Key: { key: { S: KEY } },
    ConsistentRead: true,
  });
  expect(complete?.url).toBe('/2025-12-01/durable-execution-callbacks/callback%2F1/succeed');
  expect(complete?.body).toBe('');
  expect(lines).toEqual([{ outcome: 'completed', stack: stackId() }]);
});

test('a stack that nobody waits for is nothing to do', async () => {
  item = undefined;
  const { wake, lines } = setUp();
  await wake(aStackEvent());
  expect(server.received).toHaveLength(1);
  expect(lines).toEqual([{ outcome: 'nobody-waits', stack: stackId() }]);
});

test('a waiter that has given up and is only not removed yet is left alone', async () => {
  item = { ...item, expiresAt: { N: String(NOW.getTime() / 1000) } };
  const { wake, lines } = setUp();
  await wake(aStackEvent());
  expect(server.received).toHaveLength(1);
  expect(lines).toMatchObject([{ outcome: 'nobody-waits' }]);
});

test.each([
  ['a status that is not awaited', aStackEvent({ status: 'CREATE_IN_PROGRESS' }), 'not-awaited-status'],
  ['a stack of another account', aStackEvent({ account: '100000000004' }), 'foreign-stack'],
])('%s asks nobody anything', async (_, event, reason) => {
  const { wake, lines } = setUp();
  await wake(event);
  expect(server.received).toStrictEqual([]);
  expect(lines).toEqual([{ outcome: 'ignored', reason }]);
});

test.each([
  ['CallbackTimeoutException', 400],
  ['ResourceNotFoundException', 404],
])('a callback that is closed or unknown (%s) is no error', async (name, status) => {
  lambda = { status, headers: { 'x-amzn-errortype': name }, body: { Message: 'closed' } };
  const { wake, lines } = setUp();
  await wake(aStackEvent());
  expect(lines).toMatchObject([{ outcome: 'no-longer-awaited' }]);
});

test.each([
  ['TooManyRequestsException', 429, 'DownstreamThrottled'],
  ['ServiceException', 500, 'DownstreamFailed'],
])('%s is thrown after one attempt, so that Lambda repeats the event', async (code, status, name) => {
  lambda = { status, headers: { 'x-amzn-errortype': code }, body: { Message: 'not now' } };
  await expect(setUp().wake(aStackEvent())).rejects.toMatchObject({ name, service: 'lambda' });
  expect(server.received).toHaveLength(2);
});

test('a table that throttles is thrown, too', async () => {
  dynamodb = {
    status: 400,
    body: { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: '' },
  };
  await expect(setUp().wake(aStackEvent())).rejects.toMatchObject({
    name: 'DownstreamThrottled',
    service: 'dynamodb',
  });
});

test('an item without a callback is named', async () => {
  item = { key: { S: KEY } };
  await expect(setUp().wake(aStackEvent())).rejects.toThrow(KEY);
});

test('something that is no stack event is refused', async () => {
  await expect(setUp().wake({ Records: [] })).rejects.toThrow();
});
