import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { composeWatch } from '../../../../aws-bridge/watch/compose';
import { type GivenAnswer, startHttpServer } from '../runtime/http-server';
import { NOW } from '../runtime/messages';

const AN_HOUR = 3600;

let executions: object[];
let refusal: GivenAnswer | undefined;
let server: Awaited<ReturnType<typeof startHttpServer>>;
beforeEach(async () => {
  executions = [];
  refusal = undefined;
  server = await startHttpServer(
    () => refusal ?? { status: 200, body: { DurableExecutions: executions, NextMarker: 'more' } },
  );
});
afterEach(() => server.stop());

const setUp = () => {
  const lines: LogLine[] = [];
  const watch = composeWatch(
    {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: server.url,
      OPERATION_FUNCTION_NAME: 'gatehouse-operation',
    },
    () => NOW,
    (line) => lines.push(line),
  );
  return { watch, lines };
};

const startedBefore = (seconds: number) => ({
  DurableExecutionArn:
    'arn:aws:lambda:eu-west-1:100000000002:function:gatehouse-operation:1/durable-execution/op-1/1',
  DurableExecutionName: 'op-1',
  FunctionArn: 'arn:aws:lambda:eu-west-1:100000000002:function:gatehouse-operation:1',
  Status: 'RUNNING',
  StartTimestamp: NOW.getTime() / 1000 - seconds,
});

test('the age of the oldest open operation takes one call, however many are open', async () => {
  executions = [startedBefore(2 * AN_HOUR)];
  const { watch, lines } = setUp();
  await watch();
  expect(lines).toEqual([{ outcome: 'watched', oldestOpenSeconds: 2 * AN_HOUR }]);
  expect(server.received.map(({ url }) => url.split('?')[0])).toEqual([
    '/2025-12-01/functions/gatehouse-operation/durable-executions',
  ]);
  const query = new URLSearchParams(server.received[0]?.url.split('?')[1]);
  expect([...query].sort()).toEqual([
    ['MaxItems', '1'],
    ['ReverseOrder', 'true'],
    ['Statuses', 'RUNNING'],
  ]);
});

test('where nothing is open the age is zero', async () => {
  const { watch, lines } = setUp();
  await watch();
  expect(lines).toEqual([{ outcome: 'watched', oldestOpenSeconds: 0 }]);
});

test('a clock that is behind makes no negative age', async () => {
  executions = [startedBefore(-30)];
  const { watch, lines } = setUp();
  await watch();
  expect(lines).toEqual([{ outcome: 'watched', oldestOpenSeconds: 0 }]);
});

test('what cannot be measured is no measurement but a failed invocation', async () => {
  refusal = { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: {} };
  const { watch, lines } = setUp();
  await expect(watch()).rejects.toThrow();
  expect(lines).toStrictEqual([]);
});
