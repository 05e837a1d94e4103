import { interleave, quantile } from '../interleave';
import { createByHand } from '../operations/by-hand';
import { createOnDurableSdk } from '../operations/on-durable-sdk';
import { asksOf, quickWorld, type RunOperation, theOperation } from '../operations/operation';
import { createOurs } from '../operations/ours';

/** Runs warm operations, ours and the same calls without it in turns; writes the milliseconds of each round: p99 and median. */

const ROUNDS = 7;
const OPERATIONS_A_ROUND = 100;

const { executions, aws } = quickWorld();
const runs: Readonly<Record<'ours' | 'durable SDK' | 'by hand', RunOperation>> = {
  ours: createOurs(executions),
  'durable SDK': createOnDurableSdk(executions),
  'by hand': createByHand(executions),
};

let calls: string | undefined;
const checkpoints: Record<string, number> = {};
for (const [name, run] of Object.entries(runs)) {
  const asked = await asksOf(aws, run);
  calls ??= asked.calls;
  if (asked.calls !== calls) throw new Error(`${name} asks for ${asked.calls}; ours asks for ${calls}`);
  checkpoints[name] = asked.checkpoints;
}

let n = 2;
const medians: Record<string, number[]> = {};
const measuring = (name: string, run: RunOperation) => async (): Promise<number> => {
  const taken: number[] = [];
  for (let left = OPERATIONS_A_ROUND; left > 0; left--) {
    const operation = theOperation((n += 1));
    const began = performance.now();
    await run(operation);
    taken.push(performance.now() - began);
  }
  aws.takeAsked();
  (medians[name] ??= []).push(quantile(taken, 0.5));
  return quantile(taken, 0.99);
};
const p99 = await interleave(
  {
    ours: measuring('ours', runs.ours),
    'durable SDK': measuring('durable SDK', runs['durable SDK']),
    'by hand': measuring('by hand', runs['by hand']),
  },
  { rounds: ROUNDS, warmUp: 2 },
);
process.stdout.write(
  `${JSON.stringify({ p99, medians, calls: calls?.split(' ').length, checkpoints })}\n`,
  () => process.exit(0),
);
