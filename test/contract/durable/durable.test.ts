import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DurableExecutionApiClient, withDurableExecution } from '@aws/durable-execution-sdk-js';
import {
  GetDurableExecutionCommand,
  InvokeCommand,
  LambdaClient,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { Role } from '../../sandbox/aws/iam/role';
import type { Execution } from '../../sandbox/aws/lambda/execution';
import { HUB, REGION } from '../../sandbox/organization';
import { type RunningAws, runningAws } from '../../unit/sandbox/aws/running-aws';
import { Outcome, operationsOf } from './outcome';
import type { CallbackAnswer, Scenario } from './scenario';
import { scenarios } from './scenarios';

const NAME = 'contract';
const ADMINISTRATOR: Role = {
  account: HUB,
  name: 'administrator',
  trust: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  },
  policies: {
    everything: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'lambda:*', Resource: '*' }],
    },
  },
};

const json = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

/** The open callback that has the name, or lies in a waitForCallback of that name. */
const callbackId = (execution: Execution, name: string): string | undefined => {
  const operations = [...execution.operations.values()];
  const named = operations.find((operation) => operation.Name === name);
  const inside = operations.find(
    (operation) => named && operation.ParentId === named.Id && operation.Type === 'CALLBACK',
  );
  return (named?.Type === 'CALLBACK' ? named : inside)?.CallbackDetails?.CallbackId;
};

const onStandIn = async (aws: RunningAws, { handler, payload, answers = [] }: Scenario): Promise<Outcome> => {
  const client = new LambdaClient(aws.as(ADMINISTRATOR.name));
  aws.registerFunction({
    name: NAME,
    account: HUB,
    region: REGION,
    role: ADMINISTRATOR.name,
    timeoutSeconds: 20,
    durable: { executionTimeoutSeconds: 30 * 86_400, retentionDays: 1 },
    handler: withDurableExecution(handler, { durableExecutionClient: new DurableExecutionApiClient(client) }),
  });
  const { DurableExecutionArn = '' } = await client.send(
    new InvokeCommand({
      FunctionName: `${NAME}:1`,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(payload)),
    }),
  );
  const execution = aws.lambda.engine.find(DurableExecutionArn);
  const send = async (answer: CallbackAnswer, CallbackId: string): Promise<void> => {
    if (answer.failure === undefined) {
      const result = answer.success !== undefined && { Result: Buffer.from(answer.success) };
      await client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId, ...result }));
    } else {
      const Error = { ErrorMessage: answer.failure };
      await client.send(new SendDurableExecutionCallbackFailureCommand({ CallbackId, Error }));
    }
  };
  for (const answer of answers) {
    await aws.clock.until(
      () => callbackId(execution, answer.operation) !== undefined,
      3_600_000,
      answer.operation,
    );
    await send(answer, callbackId(execution, answer.operation) ?? '');
  }
  await aws.clock.until(() => execution.status !== 'RUNNING', 30 * 86_400_000, 'the end');
  const ended = await client.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
  return {
    status: ended.Status ?? '',
    result: json(ended.Result),
    error: ended.Error && { type: ended.Error.ErrorType, message: ended.Error.ErrorMessage },
    operations: operationsOf([...execution.operations.values()]),
  };
};

let aws: RunningAws;
let expected: Readonly<Record<string, Outcome>>;
beforeAll(async () => {
  aws = await runningAws({ roles: [ADMINISTRATOR] });
  const script = join(__dirname, 'on-aws-testing.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  expected = z.record(z.string(), Outcome).parse(JSON.parse(stdout));
}, 60_000);
afterAll(() => aws.close());

test.each(Object.entries(scenarios))('%s ends on both engines alike', async (name, makeScenario) => {
  const scenario = makeScenario();
  const outcome: unknown = JSON.parse(JSON.stringify(await onStandIn(aws, scenario)));
  expect(outcome).toEqual(expected[name]);
  expect(outcome).toMatchObject(scenario.ends ?? {});
});
