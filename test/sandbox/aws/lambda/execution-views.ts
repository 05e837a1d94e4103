import type { ListDurableExecutionsByFunctionRequest } from '@aws-sdk/client-lambda';
import type { Execution } from './execution';
import { functionArn, VERSION } from './functions';
import { page } from './page';

const summary = (execution: Execution) => ({
  DurableExecutionArn: execution.arn,
  DurableExecutionName: execution.name,
  FunctionArn: `${functionArn(execution.definition)}:${VERSION}`,
  Status: execution.status,
  StartTimestamp: execution.startedAt,
  EndTimestamp: execution.endedAt,
});

/** As GetDurableExecution answers. */
export const described = (execution: Execution): object => ({
  ...summary(execution),
  Version: VERSION,
  InputPayload: execution.payload,
  Result: execution.ending?.result,
  Error: execution.ending?.error,
  ExecutionDataIncluded: true,
  DurableConfig: {
    ExecutionTimeout: execution.definition.durable?.executionTimeoutSeconds,
    RetentionPeriodInDays: execution.definition.durable?.retentionDays,
  },
});

/**
 * As ListDurableExecutionsByFunction answers: the newest first. AWS does not say whether it filters before it makes pages.
 * @param pickedFrom executions that a page is filtered from, so that it may be empty though another one follows; all of
 * them where it is missing
 */
export const listed = (
  executions: readonly Execution[],
  request: ListDurableExecutionsByFunctionRequest,
  pickedFrom: number | undefined,
): object => {
  const isWanted = (execution: Execution): boolean =>
    (request.DurableExecutionName === undefined || request.DurableExecutionName === execution.name) &&
    (!request.Statuses?.length || request.Statuses.includes(execution.status)) &&
    (!request.StartedAfter || execution.startedAt > request.StartedAfter) &&
    (!request.StartedBefore || execution.startedAt < request.StartedBefore);
  const considered = pickedFrom === undefined ? executions.filter(isWanted) : executions;
  const ordered = request.ReverseOrder ? considered : considered.toReversed();
  const { items, NextMarker } = page(ordered, request.Marker, pickedFrom ?? (request.MaxItems || 100));
  return { DurableExecutions: items.filter(isWanted).map(summary), NextMarker };
};
