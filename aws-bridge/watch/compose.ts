import { LambdaClient, ListDurableExecutionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { awsConfiguration, type Environment, required } from '../runtime/environment';
import { consoleLog, type Log } from '../runtime/log';
import { createWatchOperations } from './watch-operations';

/** The watch function: invoked by a schedule, measures what only a look at all operations tells. */
export const composeWatch = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
): (() => Promise<void>) => {
  const lambda = new LambdaClient(awsConfiguration(env, 'LAMBDA'));
  const FunctionName = required(env, 'OPERATION_FUNCTION_NAME');
  return createWatchOperations({
    oldestStart: async () => {
      const { DurableExecutions } = await lambda.send(
        new ListDurableExecutionsByFunctionCommand({
          FunctionName,
          Statuses: ['RUNNING'],
          // Oldest first.
          ReverseOrder: true,
          MaxItems: 1,
        }),
      );
      return DurableExecutions?.[0]?.StartTimestamp;
    },
    now,
    log,
  });
};
