import { type DurableContext, StepError } from '@aws/durable-execution-sdk-js';
import type { OperationId } from '../contract/identifiers';
import type { Log } from '../runtime/log';
import type { RetryStrategy } from './retries';
import { attemptFailed } from './step-failure';

/** An operation's durable steps. A step may run more than once and its result is kept in the execution's history. */
export interface Steps {
  /**
   * Runs a step; `work` gets the attempt's number, from 1.
   * @throws StepError once the strategy has given it up; its message is the last failure's code
   */
  run<Result>(
    name: string,
    retryStrategy: RetryStrategy,
    work: (attempt: number) => Promise<Result>,
  ): Promise<Result>;
  /** The same, for what the operation can do without: undefined once it has been given up. */
  tryTo<Result>(
    name: string,
    retryStrategy: RetryStrategy,
    work: (attempt: number) => Promise<Result>,
  ): Promise<Result | undefined>;
}

/** Steps whose failures reach the history and the log as codes only. */
export const createSteps = (
  context: Pick<DurableContext, 'step'>,
  operationId: OperationId,
  log: Log,
): Steps => {
  const run: Steps['run'] = async (name, retryStrategy, work) =>
    context.step(
      name,
      async ({ attempt }) => {
        try {
          return await work(attempt);
        } catch (thrown) {
          const failure = attemptFailed(thrown);
          log({ outcome: 'attempt-failed', operationId, step: name, attempt, reason: failure.code });
          throw failure;
        }
      },
      {
        retryStrategy: (error, attemptsMade) => {
          const decision = retryStrategy(error, attemptsMade);
          if (!decision.shouldRetry) {
            log({ outcome: 'given-up', operationId, step: name, reason: attemptFailed(error).code });
          }
          return decision;
        },
      },
    );
  return {
    run,
    tryTo: async (name, retryStrategy, work) => {
      try {
        return await run(name, retryStrategy, work);
      } catch (error) {
        if (error instanceof StepError) return undefined;
        throw error;
      }
    },
  };
};
