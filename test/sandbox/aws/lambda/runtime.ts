import { randomUUID } from 'node:crypto';
import { type FunctionDefinition, functionArn, type InvocationContext, VERSION } from './functions';

/** An invocation died: the handler threw, or took longer than the function may. */
export class InvocationDied extends Error {
  override readonly name = 'InvocationDied';
  readonly errorType: string;
  readonly trace: readonly string[];
  constructor(errorType: string, message: string, trace: readonly string[]) {
    super(message);
    this.errorType = errorType;
    this.trace = trace;
  }
}

const contextOf = (definition: FunctionDefinition): InvocationContext => {
  const deadline = Date.now() + definition.timeoutSeconds * 1000;
  const unsupported = () => undefined;
  return {
    awsRequestId: randomUUID(),
    functionName: definition.name,
    functionVersion: VERSION,
    invokedFunctionArn: `${functionArn(definition)}:${definition.alias ?? VERSION}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${definition.name}`,
    logStreamName: 'sandbox',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: unsupported,
    fail: unsupported,
    succeed: unsupported,
  };
};

/**
 * Calls a handler once, with a copy of the event as JSON would make it, and takes its result as JSON.
 * @throws InvocationDied
 */
export const runHandler = async (definition: FunctionDefinition, payload: string): Promise<string> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new InvocationDied(
            'Sandbox.Timedout',
            `Task timed out after ${definition.timeoutSeconds}.00 seconds`,
            [],
          ),
        ),
      definition.timeoutSeconds * 1000,
    );
  });
  try {
    const event = JSON.parse(payload) as never;
    const result = await Promise.race([definition.handler(event, contextOf(definition)), timeout]);
    return JSON.stringify(result ?? null);
  } catch (error) {
    if (error instanceof InvocationDied) throw error;
    const name = error instanceof Error ? error.name : 'Error';
    const message = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error ? (error.stack ?? '').split('\n') : [];
    throw new InvocationDied(name, message, stack);
  } finally {
    clearTimeout(timer);
  }
};
