import type { OperationsAnswer } from '../contract/messages';
import { OperationProgress } from '../contract/progress';
import { concurrently } from '../runtime/concurrently';

/** What is known of an operation's execution; `result` is the JSON text that it returned. */
export type ExecutionFound =
  | { readonly status: 'none' | 'running' | 'failed' }
  | { readonly status: 'succeeded'; readonly result: string | undefined };
export type FindExecution = (name: string) => Promise<ExecutionFound>;

type OperationAnswer = OperationsAnswer['operations'][number];

/** Operations that are looked up at a time. */
const AT_A_TIME = 5;

/** Tells how operations stand, for a sender that has not heard of them for a while. */
export const createReportOperations =
  (ports: { readonly findExecution: FindExecution }) =>
  async (operationIds: readonly string[]): Promise<OperationsAnswer> => ({
    operations: await concurrently(AT_A_TIME, operationIds, async (operationId) =>
      operationAnswer(operationId, await ports.findExecution(operationId)),
    ),
  });

/** An execution that ended well but returned no progress of this operation will tell no more: it is broken. */
export const operationAnswer = (operationId: string, found: ExecutionFound): OperationAnswer => {
  switch (found.status) {
    case 'none':
      return { operationId, execution: 'unknown' };
    case 'running':
      return { operationId, execution: 'running' };
    case 'failed':
      return { operationId, execution: 'broken' };
    case 'succeeded': {
      const progress = progressIn(found.result);
      return progress?.operationId === operationId
        ? { operationId, execution: 'ended', progress }
        : { operationId, execution: 'broken' };
    }
  }
};

const progressIn = (result: string | undefined): OperationProgress | undefined => {
  try {
    return OperationProgress.safeParse(JSON.parse(result ?? 'null')).data;
  } catch {
    return undefined;
  }
};
