import { setImmediate } from 'node:timers/promises';
import { quickWorld, type RunOperation, theOperation } from '../operations/operation';

/** Operations after which everything is loaded, compiled and remembered as it will stay. */
const WARM = 200;
/** Operations after which V8's young generation has grown nearly to its limit, however little is thrown away. */
const SETTLED = 1000;

const MEGABYTE = 1e6;

/**
 * Runs operations of one kind in a process of its own, each in turns of the event loop of its own, as invocations are. Writes in
 * megabytes what is still reachable after the first of them and after all, and the most memory that the process had.
 */
export const writeMemory = async (
  create: (executions: ReturnType<typeof quickWorld>['executions']) => RunOperation,
): Promise<void> => {
  const { executions, aws } = quickWorld();
  const run = create(executions);
  let done = 0;
  let highest = 0;
  const runUpTo = async (last: number): Promise<void> => {
    while (done < last) {
      done += 1;
      await run(theOperation(done));
      aws.takeAsked();
      highest = Math.max(highest, process.memoryUsage.rss());
      await setImmediate();
    }
  };
  await runUpTo(WARM);
  const keptWarm = await kept();
  await runUpTo(SETTLED);
  const keptSettled = await kept();
  process.stdout.write(`${JSON.stringify({ keptWarm, keptSettled, highest: highest / MEGABYTE })}\n`, () =>
    process.exit(0),
  );
};

/** Heap with compiled code, and what lies outside of it: buffers and the sources' text. */
const kept = async (): Promise<number> => {
  const { gc } = globalThis;
  if (!gc) throw new Error('Garbage would be weighed, too: start Node with --expose-gc');
  gc();
  // What was finalized is let go in a turn of its own.
  await setImmediate();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
};
