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

/** As ListDurableExecutionsByFunction answers: the newest first. */
export const listed = (
  executions: readonly Execution[],
  request: ListDurableExecutionsByFunctionRequest,
): object => {
  const wanted = executions.filter(
    (execution) =>
      (request.DurableExecutionName === undefined || request.DurableExecutionName === execution.name) &&
      (!request.Statuses?.length || request.Statuses.includes(execution.status)) &&
      (!request.StartedAfter || execution.startedAt > request.StartedAfter) &&
      (!request.StartedBefore || execution.startedAt < request.StartedBefore),
  );
  const ordered = request.ReverseOrder ? wanted : wanted.toReversed();
  const { items, NextMarker } = page(ordered, request.Marker, request.MaxItems || 100);
  return { DurableExecutions: items.map(summary), NextMarker };
};
