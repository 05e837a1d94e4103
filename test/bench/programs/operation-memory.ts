import { quickWorld, type RunOperation, theOperation } from '../operations/operation';

const OPERATIONS = 200;

/** Runs warm operations of one kind in a process of its own and writes its memory after that, in megabytes. */
export const writeMemory = async (
  create: (executions: ReturnType<typeof quickWorld>['executions']) => RunOperation,
): Promise<void> => {
  const { executions, aws } = quickWorld();
  const run = create(executions);
  for (let n = 1; n <= OPERATIONS; n++) {
    await run(theOperation(n));
    aws.takeAsked();
  }
  globalThis.gc?.();
  const megabytes = process.memoryUsage.rss() / 1e6;
  process.stdout.write(`${JSON.stringify({ megabytes })}\n`, () => process.exit(0));
};
