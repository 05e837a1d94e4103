import type { OperationUpdate } from '@aws-sdk/client-lambda';
import type { Answered } from './quick-aws';

type Json = Record<string, unknown>;

/** A durable function, as Lambda calls it. */
export type DurableFunction = (event: never, context: never) => Promise<unknown>;

const seconds = (): number => Date.now() / 1000;

/** Of an operation, what an update that starts it or has it succeed makes. */
const applied = (before: Json | undefined, update: OperationUpdate, callbackId: string): Json => {
  const { Id, Type, Name, SubType, ParentId, Action, Payload } = update;
  const operation = before ?? { Id, Type, Name, SubType, ParentId, StartTimestamp: seconds() };
  if (Action === 'START') {
    const details = Type === 'CALLBACK' && { CallbackDetails: { CallbackId: callbackId } };
    return { ...operation, Status: 'STARTED', ...details };
  }
  if (Action !== 'SUCCEED' || Type !== 'STEP')
    throw new Error(`${Type ?? 'nothing'} ${Action ?? ''} of ${Name ?? ''} is not expected here`);
  return {
    ...operation,
    Status: 'SUCCEEDED',
    EndTimestamp: seconds(),
    StepDetails: { Attempt: 1, Result: Payload },
  };
};

/**
 * Keeps one durable execution at a time and runs it to its end: takes its checkpoints, and where it waits for a callback,
 * completes that and invokes the function again. Nothing may fail in it.
 */
export const createQuickExecutions = () => {
  let operations = new Map<string, Json>();
  let changed = new Set<string>();
  let token = 0;

  const take = (): Json[] => {
    const taken = [...operations].filter(([id]) => changed.has(id)).map(([, operation]) => operation);
    changed = new Set();
    return taken;
  };

  return {
    /** Answers CheckpointDurableExecution. */
    checkpoint: (body: string): Answered => {
      // What the SDK's client has written.
      const { CheckpointToken, Updates = [] } = JSON.parse(body) as {
        CheckpointToken: string;
        Updates?: OperationUpdate[];
      };
      if (CheckpointToken !== String(token))
        throw new Error(`The token ${CheckpointToken} is not the current one`);
      for (const update of Updates) {
        const id = update.Id ?? '';
        operations.set(id, applied(operations.get(id), update, `callback-${id}`));
        changed.add(id);
      }
      token += 1;
      return {
        body: JSON.stringify({ CheckpointToken: String(token), NewExecutionState: { Operations: take() } }),
      };
    },

    /** @returns what the function returned at the end, as JSON */
    runToEnd: async (handler: DurableFunction, name: string, payload: object): Promise<string> => {
      const started = seconds();
      operations = new Map<string, Json>([
        [
          'execution',
          {
            ...{ Id: 'execution', Type: 'EXECUTION', Status: 'STARTED', StartTimestamp: started },
            ExecutionDetails: { InputPayload: JSON.stringify(payload) },
          },
        ],
      ]);
      changed = new Set();
      for (let invocation = 1; invocation < 10; invocation++) {
        token += 1;
        const event = {
          DurableExecutionArn: `arn:aws:lambda:eu-west-1:100000000002:function:operation:1/durable-execution/${name}/1`,
          CheckpointToken: String(token),
          UpdatedOperationIds: take().map(({ Id }) => Id),
          InitialExecutionState: { Operations: [...operations.values()] },
        };
        // Lambda's own event, and as much of its context as is read.
        const answered = (await handler(JSON.parse(JSON.stringify(event)) as never, CONTEXT as never)) as {
          readonly Status: string;
          readonly Result?: string;
        };
        if (answered.Status === 'SUCCEEDED') return answered.Result ?? '';
        if (answered.Status !== 'PENDING') throw new Error(`The execution ended ${JSON.stringify(answered)}`);
        for (const [id, operation] of operations) {
          if (operation['Type'] !== 'CALLBACK' || operation['Status'] !== 'STARTED') continue;
          operations.set(id, { ...operation, Status: 'SUCCEEDED', EndTimestamp: seconds() });
          changed.add(id);
        }
      }
      throw new Error('The execution came to no end');
    },
  };
};

/** As much of Lambda's context as is read. */
const CONTEXT: unknown = {
  awsRequestId: '11111111-2222-4333-8444-555555555555',
  functionName: 'operation',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:100000000002:function:operation:live',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 300_000,
};
