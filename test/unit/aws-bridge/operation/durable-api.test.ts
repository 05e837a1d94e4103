import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  DurableExecutionApiClient,
  type DurableExecutionClient,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import { createDurableApi } from '../../../../aws-bridge/operation/durable-api';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { AwsWire } from './aws-wire';

const OPERATION = 'launch-10042-0123456789abcdef';
const EXECUTION = `arn:aws:lambda:eu-west-1:100000000002:function:operation:1/durable-execution/${OPERATION}/7a1c`;
const checkpoint = { DurableExecutionArn: EXECUTION, CheckpointToken: 'token', Updates: [] };

let wire: AwsWire;
let lines: LogLine[];

beforeEach(async () => {
  wire = new AwsWire();
  lines = [];
  await wire.listen();
});

afterEach(() => wire.close());

const durableApi = (): DurableExecutionClient =>
  createDurableApi(
    new DurableExecutionApiClient(new LambdaClient(wire.configuration)),
    (line) => void lines.push(line),
  );

test('a checkpoint that Lambda refuses is one line with the operation and the error’s name', async () => {
  wire.answers.push({
    status: 400,
    body: { __type: 'InvalidParameterValueException', message: 'Invalid Checkpoint Token: hush' },
  });
  await expect(durableApi().checkpoint(checkpoint)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'Invalid Checkpoint Token: hush',
    $metadata: { httpStatusCode: 400 },
  });
  expect(lines).toEqual([
    { outcome: 'checkpoint-failed', operationId: OPERATION, reason: 'InvalidParameterValueException' },
  ]);
});

test('a state that cannot be read is one line, too', async () => {
  wire.answers.push({ status: 500, body: { __type: 'ServiceException', message: 'hush' } });
  await expect(durableApi().getExecutionState(checkpoint)).rejects.toMatchObject({
    name: 'ServiceException',
  });
  expect(lines).toEqual([{ outcome: 'state-not-read', operationId: OPERATION, reason: 'ServiceException' }]);
});

test('what Lambda takes is not logged', async () => {
  wire.answers.push({ body: { CheckpointToken: 'next' } });
  expect(await durableApi().checkpoint(checkpoint)).toMatchObject({ CheckpointToken: 'next' });
  expect(lines).toStrictEqual([]);
});

test('an invocation whose checkpoint fails ends in that failure, and the SDK writes nothing of its own', async () => {
  // The SDK's logger writes past the console.
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockReturnValue(true),
  );
  const handler = withDurableExecution((_, context) => context.step('work', () => Promise.resolve('hush')), {
    durableExecutionClient: durableApi(),
  });
  const input = { Id: '0', Type: 'EXECUTION', Status: 'STARTED', StartTimestamp: new Date(0) } as const;
  const invocation = handler(
    {
      DurableExecutionArn: EXECUTION,
      CheckpointToken: 'token',
      UpdatedOperationIds: [],
      InitialExecutionState: {
        Operations: [{ ...input, ExecutionDetails: { InputPayload: '{}' } }],
        NextMarker: '',
      },
    },
    { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 } as Parameters<typeof handler>[1],
  );
  await expect(invocation).rejects.toThrow('Checkpoint failed');
  const written = JSON.stringify(streams.flatMap(({ mock }) => mock.calls.map(([text]) => text)));
  jest.restoreAllMocks();
  expect(written).not.toContain(OPERATION);
  expect(lines).toMatchObject([{ outcome: 'checkpoint-failed', operationId: OPERATION }]);
});
