import { randomUUID } from 'node:crypto';
import type {
  ErrorObject,
  InvocationRequest,
  ListDurableExecutionsByFunctionRequest,
} from '@aws-sdk/client-lambda';
import type { Clock } from '../../clock';
import type { Journal } from '../../journal';
import { AwsError, type AwsCall, type AwsService, NotModelled } from '../service';
import { type CheckpointRequest, DurableEngine, type StateRequest } from './durable-engine';
import { described, listed } from './execution-views';
import { type FunctionDefinition, functionReference, Functions, referenceArn, VERSION } from './functions';
import { InvocationDied, runHandler } from './runtime';

const SYNCHRONOUS_LIMIT = 6_291_556;
const ASYNCHRONOUS_LIMIT = 1_048_576;
/** Milliseconds before Lambda's first and second repetition of an asynchronous invocation that failed. */
const REPETITIONS = [60_000, 120_000];

/** An asynchronous event that Lambda gave up on: what an on-failure destination would get. */
export interface Undelivered {
  readonly functionName: string;
  readonly payload: string;
  readonly error: string;
}

/** What is wired to functions inside the hub, and what tests may look at. */
export interface Lambda {
  readonly service: AwsService;
  readonly functions: Functions;
  readonly engine: DurableEngine;
  readonly undelivered: readonly Undelivered[];
  /** The ARN that a call is authorised on. */
  readonly resource: (call: { input: object; region: string; account: string }) => string | undefined;
  /** Invokes and waits, as API Gateway does. @throws InvocationDied */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Says for how many milliseconds an asynchronous start waits in Lambda's queue from now on, where nobody sees it. */
  readonly queueStarts: (wait: () => number) => void;
  /** Hands over an event, as EventBridge does. */
  readonly invokeAsynchronously: (name: string, event: unknown) => void;
}

export const createLambda = (sandbox: {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly statePageSize: number;
  /** Executions that one page of a list is filtered from; filtered before it is paged where it is missing. */
  readonly listedFrom?: number | undefined;
}): Lambda => {
  const { clock, journal } = sandbox;
  const functions = new Functions();
  const engine = new DurableEngine(clock, journal, sandbox.statePageSize);
  const undelivered: Undelivered[] = [];
  let startsWait = (): number => 0;

  const run = async (definition: FunctionDefinition, payload: string): Promise<string> => {
    const record = (status: number, detail: Readonly<Record<string, string>>) =>
      journal.record({
        at: clock.now(),
        caller: 'lambda',
        service: 'lambda',
        operation: 'Invocation',
        status,
        detail: { FunctionName: definition.name, ...detail },
      });
    try {
      const result = await runHandler(definition, payload);
      record(200, { outcome: 'SUCCEEDED' });
      return result;
    } catch (error) {
      record(500, { outcome: 'died', error: String(error) });
      throw error;
    }
  };

  const deliver = (definition: FunctionDefinition, payload: string, repetition = 0): void => {
    const delay = repetition === 0 ? 0 : (REPETITIONS[repetition - 1] ?? 0);
    clock.after(delay, `event for ${definition.name}`, async () => {
      try {
        await run(definition, payload);
      } catch (error) {
        if (repetition < (definition.asynchronousRetries ?? REPETITIONS.length))
          deliver(definition, payload, repetition + 1);
        else undelivered.push({ functionName: definition.name, payload, error: String(error) });
      }
    });
  };

  const invoke = async ({ input, region, principal }: AwsCall): Promise<object> => {
    const request = input as InvocationRequest;
    const caller = { account: principal.account, region };
    const reference = functionReference(request.FunctionName ?? '', request.Qualifier, caller);
    const definition = functions.find(reference);
    const type = request.InvocationType ?? 'RequestResponse';
    if (type !== 'Event' && type !== 'RequestResponse') throw new NotModelled(`Invoke with ${type}`);
    const payload = payloadOf(request.Payload, type);
    if (!definition.durable) {
      if (request.DurableExecutionName !== undefined) {
        throw new AwsError('InvalidParameterValueException', `${definition.name} is not a durable function`);
      }
      if (type === 'Event') {
        deliver(definition, payload);
        return { StatusCode: 202 };
      }
      return answerOf(() => run(definition, payload));
    }
    if (reference.qualifier === undefined) {
      throw new AwsError(
        'InvalidParameterValueException',
        'You cannot invoke a durable function using an unqualified ARN.',
      );
    }
    if (type === 'RequestResponse' && definition.durable.executionTimeoutSeconds > 900) {
      throw new AwsError(
        'InvalidParameterValueException',
        'You cannot synchronously invoke a durable function with an executionTimeout greater than 15 minutes.',
      );
    }
    const wait = type === 'Event' ? startsWait() : 0;
    if (wait > 0) {
      clock.after(wait, `start of ${definition.name}`, () => {
        try {
          engine.start(definition, request.DurableExecutionName, payload);
        } catch (error) {
          undelivered.push({ functionName: definition.name, payload, error: String(error) });
        }
      });
      return { StatusCode: 202 };
    }
    const execution = engine.start(definition, request.DurableExecutionName, payload);
    if (type === 'Event') return { StatusCode: 202, DurableExecutionArn: execution.arn };
    const ending = await execution.whenEnded;
    const failed = ending.status !== 'SUCCEEDED';
    return {
      StatusCode: 200,
      ExecutedVersion: VERSION,
      DurableExecutionArn: execution.arn,
      ...(failed && { FunctionError: 'Unhandled' }),
      Payload: Buffer.from(failed ? JSON.stringify(ending.error ?? {}) : (ending.result ?? 'null')),
    };
  };

  const operations: Readonly<Record<string, (call: AwsCall) => Promise<object> | object>> = {
    Invoke: invoke,
    CheckpointDurableExecution: ({ input }) => engine.checkpoint(input as CheckpointRequest),
    GetDurableExecutionState: ({ input }) => engine.state(input as StateRequest),
    GetDurableExecution: ({ input }) => described(engine.find(member(input, 'DurableExecutionArn'))),
    ListDurableExecutionsByFunction: ({ input, region, principal }) => {
      const request = input as ListDurableExecutionsByFunctionRequest;
      const caller = { account: principal.account, region };
      const definition = functions.find(
        functionReference(request.FunctionName ?? '', request.Qualifier, caller),
      );
      return listed(
        engine.executions.filter((execution) => execution.definition === definition),
        request,
        sandbox.listedFrom,
      );
    },
    StopDurableExecution: ({ input }) => {
      const { Error: error } = input as { Error?: ErrorObject };
      engine.end(engine.find(member(input, 'DurableExecutionArn')), { status: 'STOPPED', error });
      return { StopTimestamp: clock.now() };
    },
    SendDurableExecutionCallbackSuccess: ({ input }) => {
      const { Result: result } = input as { Result?: Uint8Array };
      engine.succeedCallback(member(input, 'CallbackId'), result && Buffer.from(result).toString('utf8'));
      return {};
    },
    SendDurableExecutionCallbackFailure: ({ input }) => {
      engine.failCallback(member(input, 'CallbackId'), (input as { Error?: ErrorObject }).Error);
      return {};
    },
    SendDurableExecutionCallbackHeartbeat: ({ input }) => {
      engine.heartbeat(member(input, 'CallbackId'));
      return {};
    },
  };

  return {
    functions,
    engine,
    undelivered,
    service: {
      handle: async (call) => {
        const operation = operations[call.operation];
        if (!operation) throw new NotModelled(`${call.operation} of Lambda`);
        return await operation(call);
      },
    },
    resource: ({ input, region, account }) => {
      if ('FunctionName' in input) {
        const qualifier = 'Qualifier' in input ? member(input, 'Qualifier') : undefined;
        return referenceArn(functionReference(member(input, 'FunctionName'), qualifier, { account, region }));
      }
      if ('CallbackId' in input) return engine.executionOf(member(input, 'CallbackId'))?.arn;
      return 'DurableExecutionArn' in input ? member(input, 'DurableExecutionArn') : '*';
    },
    invoke: async (name, event) =>
      JSON.parse(await run(functions.named(name), JSON.stringify(event))) as unknown,
    queueStarts: (next) => void (startsWait = next),
    invokeAsynchronously: (name, event) => deliver(functions.named(name), JSON.stringify(event)),
  };
};

const member = (input: unknown, name: string): string => {
  const value: unknown = (input as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : '';
};

const payloadOf = (given: Uint8Array | undefined, type: string): string => {
  const bytes = given?.byteLength ?? 0;
  const limit = type === 'Event' ? ASYNCHRONOUS_LIMIT : SYNCHRONOUS_LIMIT;
  if (bytes > limit) {
    throw new AwsError(
      'RequestTooLargeException',
      `${bytes} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
      413,
    );
  }
  const text = given && bytes > 0 ? Buffer.from(given).toString('utf8') : '{}';
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
  return text;
};

const answerOf = async (invocation: () => Promise<string>): Promise<object> => {
  try {
    return { StatusCode: 200, ExecutedVersion: VERSION, Payload: Buffer.from(await invocation()) };
  } catch (error) {
    if (!(error instanceof InvocationDied)) throw error;
    const { errorType, message: errorMessage, trace } = error;
    return {
      StatusCode: 200,
      ExecutedVersion: VERSION,
      FunctionError: 'Unhandled',
      Payload: Buffer.from(JSON.stringify({ errorType, errorMessage, trace, requestId: randomUUID() })),
    };
  }
};
