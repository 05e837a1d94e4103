import type { DurableExecutionClient } from '@aws/durable-execution-sdk-js';
import { type Log, namesOf } from '../runtime/log';

/** An execution's ARN ends in its name, which is the operation's id, and an id of Lambda's. */
const NAME_IN_ARN = /\/durable-execution\/([^/]+)\//;

/**
 * Lambda's durable API with its failures on our log.
 *
 * The SDK hands its own logger to every call, and a client that has one writes whatever AWS said and a stack trace
 * over many lines. So that logger is not passed on. The failure itself is, untouched: the SDK reads from it whether
 * the execution can go on.
 */
export const createDurableApi = (api: DurableExecutionClient, log: Log): DurableExecutionClient => {
  const noting = async <Answer>(
    outcome: string,
    execution: string | undefined,
    call: () => Promise<Answer>,
  ): Promise<Answer> => {
    try {
      return await call();
    } catch (error) {
      log({ outcome, operationId: execution?.match(NAME_IN_ARN)?.[1], reason: namesOf(error) });
      throw error;
    }
  };
  return {
    checkpoint: (request) =>
      noting('checkpoint-failed', request.DurableExecutionArn, () => api.checkpoint(request)),
    getExecutionState: (request) =>
      noting('state-not-read', request.DurableExecutionArn, () => api.getExecutionState(request)),
  };
};
