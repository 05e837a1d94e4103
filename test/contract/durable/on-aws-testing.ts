/** Runs every scenario on AWS's own testing package and prints the outcomes. A process of its own: it fakes time. */
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { type Outcome, operationsOf } from './outcome';
import type { Scenario } from './scenario';
import { scenarios } from './scenarios';

const run = async ({ handler, payload, answers = [] }: Scenario): Promise<Outcome> => {
  const runner = new LocalDurableTestRunner<unknown>({ handlerFunction: withDurableExecution(handler) });
  const running = runner.run({ payload });
  for (const answer of answers) {
    const operation = runner.getOperation(answer.operation);
    await operation.waitForData(
      answer.afterSubmitter ? WaitingOperationStatus.SUBMITTED : WaitingOperationStatus.STARTED,
    );
    if (answer.failure === undefined) await operation.sendCallbackSuccess(answer.success);
    else await operation.sendCallbackFailure({ ErrorMessage: answer.failure });
  }
  const ended = await running;
  const status = ended.getStatus() ?? '';
  const error = status === 'SUCCEEDED' ? undefined : ended.getError();
  return {
    status,
    result: status === 'SUCCEEDED' ? ended.getResult() : undefined,
    error: error && { type: error.errorType, message: error.errorMessage },
    operations: operationsOf(
      ended.getOperations().flatMap((operation) => operation.getOperationData() ?? []),
    ),
  };
};

const main = async (): Promise<void> => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
  const outcomes: Record<string, Outcome> = {};
  for (const [name, scenario] of Object.entries(scenarios)) outcomes[name] = await run(scenario());
  await LocalDurableTestRunner.teardownTestEnvironment();
  process.stdout.write(JSON.stringify(outcomes), () => process.exit(0));
};

main().catch((error: unknown) => {
  process.stderr.write(String(error instanceof Error ? error.stack : error), () => process.exit(1));
});
