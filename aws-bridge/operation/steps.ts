import { type DurableContext, StepError } from '@aws/durable-execution-sdk-js';
import type { OperationId } from '../contract/identifiers';
import type { Log } from '../runtime/log';
import { PATIENCE, type RetryStrategy } from './retries';
import { AttemptFailed, attemptFailed, InDoubt } from './step-failure';

/**
 * Whether a doubt is to be believed if this attempt finds it, too; before, the attempt throws InDoubt with its code.
 * @param patience attempts in a row that it takes
 */
export type Believes = (code: string, patience?: number) => boolean;

/** One attempt at a step: its number, from 1, and what it may believe. */
type Work<Result> = (attempt: number, believes: Believes) => Promise<Result>;

/** An operation's durable steps. A step may run more than once and its result is kept in the execution's history. */
export interface Steps {
  /**
   * Runs a step. Throttling and the like say nothing about a doubt: they neither add to it nor end it.
   * @throws StepError once the strategy has given it up; its message is the last failure's code
   */
  run<Result>(name: string, retryStrategy: RetryStrategy, work: Work<Result>): Promise<Result>;
  /** The same, for what the operation can do without: undefined once it has been given up. */
  tryTo<Result>(name: string, retryStrategy: RetryStrategy, work: Work<Result>): Promise<Result | undefined>;
}

/** What attempts have found in a row that is not believed yet; `attempt` is the number of the last. */
interface Doubt {
  readonly doubted: string;
  readonly times: number;
  readonly attempt: number;
}

/**
 * Steps whose failures reach the history and the log as codes only.
 *
 * Of the attempts at a step the engine keeps their number and nothing else, and an attempt may be in another process than
 * the one before. So what one doubts is a step's result, and the attempts after it are another step, which begins by waiting
 * for as long as the strategy says.
 */
export const createSteps = (
  context: Pick<DurableContext, 'step'>,
  operationId: OperationId,
  log: Log,
): Steps => {
  const attempts = async <Result>(
    {
      name,
      turn,
      before,
    }: { readonly name: string; readonly turn: number; readonly before: Doubt | undefined },
    retryStrategy: RetryStrategy,
    work: Work<Result>,
  ): Promise<Result | Doubt> => {
    /** The last one that doubted is this step's first. */
    const made = (before?.attempt ?? 1) - 1;
    const found = (code: string): number => (before?.doubted === code ? before.times : 0) + 1;
    return context.step(
      turn === 1 ? name : `${name} (${turn})`,
      async ({ attempt: ownAttempt }) => {
        if (before && ownAttempt === 1) throw new AttemptFailed(before.doubted, true);
        const attempt = made + ownAttempt;
        try {
          return await work(attempt, (code, patience = PATIENCE) => found(code) >= patience);
        } catch (thrown) {
          const failure = attemptFailed(thrown);
          log({ outcome: 'attempt-failed', operationId, step: name, attempt, reason: failure.code });
          if (!(failure instanceof InDoubt)) throw failure;
          return { doubted: failure.code, times: found(failure.code), attempt };
        }
      },
      {
        retryStrategy: (error, ownAttempts) => {
          const decision = retryStrategy(error, made + ownAttempts);
          if (!decision.shouldRetry) {
            log({ outcome: 'given-up', operationId, step: name, reason: attemptFailed(error).code });
          }
          return decision;
        },
      },
    );
  };
  const run: Steps['run'] = async (name, retryStrategy, work) => {
    let before: Doubt | undefined;
    for (let turn = 1; ; turn++) {
      const result = await attempts({ name, turn, before }, retryStrategy, work);
      if (!isDoubt(result)) return result;
      before = result;
    }
  };
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

const isDoubt = (result: unknown): result is Doubt =>
  typeof result === 'object' && result !== null && 'doubted' in result;
