import {
  DurableExecutionApiClient,
  type DurableContext,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import {
  CheckpointDurableExecutionCommand,
  GetDurableExecutionCommand,
  InvokeCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { createFindExecution } from '../../../../aws-bridge/ingress/durable-executions';
import { DownstreamFailed } from '../../../../aws-bridge/runtime/downstream';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { operationFunction } from '../../../../aws-bridge/runtime/start-execution';
import { createDurableApi } from '../../../../aws-bridge/operation/durable-api';
import { HUB, REGION } from '../../../sandbox/organization';
import { INGRESS, OPERATION, OPERATION_FUNCTION, WAKE } from './bridge-roles';
import type { Role } from '../../../sandbox/aws/iam/role';
import { type RunningAws, runningAws } from './running-aws';

let aws: RunningAws;
const start = async (
  options: { statePageSize?: number; listedFrom?: number; roles?: readonly Role[] } = {},
) => {
  aws = await runningAws(options);
};
afterEach(() => aws.close());

const NOBODY = { Version: '2012-10-17', Statement: [] };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const deploy = (
  handler: (input: never, context: DurableContext) => Promise<unknown>,
  overrides: object = {},
) => {
  const client = new LambdaClient(aws.as(OPERATION));
  aws.registerFunction({
    name: OPERATION,
    account: HUB,
    region: REGION,
    role: OPERATION,
    alias: 'live',
    timeoutSeconds: 10,
    durable: { executionTimeoutSeconds: 7 * 24 * 3600, retentionDays: 14 },
    handler: withDurableExecution(handler, {
      durableExecutionClient: createDurableApi(new DurableExecutionApiClient(client), () => undefined),
    }),
    ...overrides,
  });
};

const lambda = (role = INGRESS) => new LambdaClient(aws.as(role));
const launch = (payload: unknown = { key: 'IT-42' }, overrides: object = {}) =>
  lambda().send(
    new InvokeCommand({
      FunctionName: OPERATION_FUNCTION,
      InvocationType: 'Event',
      DurableExecutionName: 'launch-1',
      Payload: Buffer.from(JSON.stringify(payload)),
      ...overrides,
    }),
  );
const described = async (DurableExecutionArn: string | undefined) =>
  lambda().send(new GetDurableExecutionCommand({ DurableExecutionArn }));
const ended = async (arn: string | undefined, within = DAY) => {
  await aws.clock.until(async () => (await described(arn)).Status !== 'RUNNING', within, 'the end');
  return described(arn);
};

test('an execution is started by name, once, and keeps its result', async () => {
  await start();
  let runs = 0;
  deploy(async (input: { key: string }, context) =>
    context.step('provision', () => Promise.resolve(`${input.key}:${++runs}`)),
  );
  const first = await launch();
  expect(first.StatusCode).toBe(202);
  expect(first.DurableExecutionArn).toMatch(
    new RegExp(
      `^arn:aws:lambda:${REGION}:${HUB}:function:${OPERATION}:1/durable-execution/launch-1/[0-9a-f-]+$`,
    ),
  );
  expect((await launch()).DurableExecutionArn).toBe(first.DurableExecutionArn);
  expect(await ended(first.DurableExecutionArn)).toMatchObject({ Status: 'SUCCEEDED', Result: '"IT-42:1"' });
  expect((await launch()).DurableExecutionArn).toBe(first.DurableExecutionArn);
  await expect(launch({ key: 'other' })).rejects.toMatchObject({
    name: 'DurableExecutionAlreadyStartedException',
    $metadata: { httpStatusCode: 409 },
  });
  expect(runs).toBe(1);
});

test('past its retention a name is free again', async () => {
  await start();
  deploy(() => Promise.resolve('done'));
  const first = await launch();
  await ended(first.DurableExecutionArn);
  await aws.clock.advance(14 * DAY);
  await expect(described(first.DurableExecutionArn)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect((await launch({ key: 'other' })).DurableExecutionArn).not.toBe(first.DurableExecutionArn);
});

test.each([
  ['a name with a slash', { DurableExecutionName: 'a/b' }, 'ValidationException'],
  ['a name of 65 characters', { DurableExecutionName: 'a'.repeat(65) }, 'ValidationException'],
  ['no version or alias', { FunctionName: OPERATION }, 'InvalidParameterValueException'],
  ['an alias that is not there', { FunctionName: `${OPERATION}:next` }, 'ResourceNotFoundException'],
  ['a payload that is not JSON', { Payload: Buffer.from('{') }, 'InvalidRequestContentException'],
  [
    'an asynchronous payload over 1 MB',
    { Payload: Buffer.alloc(1_048_577, '1') },
    'RequestTooLargeException',
  ],
  ['a synchronous start of a week', { InvocationType: 'RequestResponse' }, 'InvalidParameterValueException'],
])('a start with %s is refused', async (_, overrides, name) => {
  await start({
    roles: [
      {
        account: HUB,
        name: INGRESS,
        trust: NOBODY,
        policies: {
          invoke: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }],
          },
        },
      },
      { account: HUB, name: OPERATION, trust: NOBODY, policies: {} },
    ],
  });
  deploy(() => Promise.resolve(null));
  await expect(launch({}, overrides)).rejects.toMatchObject({ name });
});

test('a callback wakes the execution; a second answer to it comes too late', async () => {
  await start();
  let callbackId = '';
  deploy(async (_: never, context) => {
    const [woken, id] = await context.createCallback('stack event', { timeout: { hours: 1 } });
    await context.step('register', () => {
      callbackId = id;
      return Promise.resolve();
    });
    return await woken;
  });
  const { DurableExecutionArn } = await launch();
  await aws.clock.advance(60_000);
  const succeed = () =>
    lambda(WAKE).send(
      new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId, Result: Buffer.from('"go"') }),
    );
  await succeed();
  expect(await ended(DurableExecutionArn, 0)).toMatchObject({
    Status: 'SUCCEEDED',
    Result: JSON.stringify('"go"'),
  });
  await expect(succeed()).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
  await expect(
    lambda(WAKE).send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: 'unknown' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await expect(
    lambda(WAKE).send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId: callbackId })),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('an invocation that dies before or after a checkpoint is repeated, and what was kept is not done again', async () => {
  await start();
  const runs = { one: 0, two: 0 };
  deploy(async (_: never, context) => {
    await context.step('one', () => Promise.resolve(++runs.one));
    return context.step('two', () => Promise.resolve(++runs.two));
  });
  aws.faults.plan('lambda', 'CheckpointDurableExecution', 'answer lost');
  aws.faults.plan('lambda', 'CheckpointDurableExecution', 'unreachable');
  const { DurableExecutionArn } = await launch();
  expect(await ended(DurableExecutionArn)).toMatchObject({ Status: 'SUCCEEDED' });
  const outcomes = aws.journal.of('lambda', 'Invocation').map((entry) => entry.detail['outcome']);
  expect(outcomes.slice(0, 2)).toEqual(['died', 'died']);
  expect(outcomes.at(-1)).toBe('SUCCEEDED');
  expect(runs.one).toBeLessThanOrEqual(2);
});

test('a token that was used, and that of a dead invocation, write nothing', async () => {
  await start();
  const tokens: string[] = [];
  deploy(async (_: never, context) => {
    await context.wait({ hours: 1 });
    return null;
  });
  const definition = aws.lambda.functions.named(OPERATION);
  aws.registerFunction({
    ...definition,
    handler: (event: never, context) => {
      tokens.push((event as { CheckpointToken: string }).CheckpointToken);
      return definition.handler(event, context);
    },
  });
  const { DurableExecutionArn } = await launch();
  await aws.clock.advance(60_000);
  await expect(
    lambda(OPERATION).send(
      new CheckpointDurableExecutionCommand({ DurableExecutionArn, CheckpointToken: tokens[0] }),
    ),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'Invalid checkpoint token',
  });
});

test('a long history reaches an invocation page by page', async () => {
  await start({ statePageSize: 4 });
  let runs = 0;
  deploy(async (_: never, context) => {
    for (let n = 1; n <= 10; n += 1) await context.step(`step ${n}`, () => Promise.resolve(++runs));
    await context.wait({ seconds: 60 });
    return runs;
  });
  const { DurableExecutionArn } = await launch();
  expect(await ended(DurableExecutionArn)).toMatchObject({ Status: 'SUCCEEDED', Result: '10' });
  expect(aws.journal.of('lambda', 'GetDurableExecutionState').map((entry) => entry.status)).toEqual([
    200, 200,
  ]);
});

test('an execution that goes on past its limit is TIMED_OUT, one that is stopped STOPPED', async () => {
  await start();
  deploy(
    async (_: never, context) => {
      await context.wait({ days: 2 });
      return null;
    },
    { durable: { executionTimeoutSeconds: 3600, retentionDays: 1 } },
  );
  const first = await launch();
  await aws.clock.advance(HOUR);
  expect(await described(first.DurableExecutionArn)).toMatchObject({ Status: 'TIMED_OUT' });
  const second = await launch({}, { DurableExecutionName: 'launch-2' });
  await expect(
    lambda().send(new StopDurableExecutionCommand({ DurableExecutionArn: second.DurableExecutionArn })),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const listed = await lambda().send(
    new ListDurableExecutionsByFunctionCommand({ FunctionName: OPERATION, Statuses: ['RUNNING'] }),
  );
  expect(listed.DurableExecutions).toMatchObject([{ DurableExecutionName: 'launch-2', Status: 'RUNNING' }]);
});

test('an operation is found behind pages that Lambda has left empty, and not called unknown before the last one', async () => {
  await start({ listedFrom: 1 });
  deploy(async (_: never, context) => {
    await context.wait({ days: 1 });
    return null;
  });
  const find = createFindExecution(
    createSignedFetch('lambda', aws.as(INGRESS), { now: aws.clock.now, timeout: 5_000 }),
    operationFunction(OPERATION_FUNCTION),
  );
  for (const DurableExecutionName of ['launch-1', 'launch-2', 'launch-3', 'launch-4', 'launch-5']) {
    await launch({}, { DurableExecutionName });
  }
  expect(await find('launch-1')).toEqual({ status: 'running' });
  expect(await find('launch-0')).toEqual({ status: 'none' });
  await launch({}, { DurableExecutionName: 'launch-6' });
  await expect(find('launch-1')).rejects.toThrow(DownstreamFailed);
});

test('an ordinary function is invoked; an event that it fails on comes three times, then is given up', async () => {
  await start();
  let runs = 0;
  aws.registerFunction({
    name: WAKE,
    account: HUB,
    region: REGION,
    role: WAKE,
    timeoutSeconds: 10,
    handler: (event: { fail?: boolean }) => {
      runs += 1;
      return event.fail ? Promise.reject(new Error('broken')) : Promise.resolve({ ok: true });
    },
  });
  expect(await aws.lambda.invoke(WAKE, {})).toEqual({ ok: true });
  aws.lambda.invokeAsynchronously(WAKE, { fail: true });
  await aws.clock.advance(HOUR);
  expect(runs).toBe(4);
  expect(aws.lambda.undelivered).toMatchObject([{ functionName: WAKE, payload: '{"fail":true}' }]);
});
