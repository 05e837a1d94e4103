import { z } from 'zod';
import { differenceOf, figureOf, interleave } from '../interleave';
import { type Measure, type MeasurePorts, once } from '../measure';
import { bundle, runBundle } from '../program';

const Rounds = z.array(z.number()).min(1);
const Kinds = z.object({ ours: Rounds, 'durable SDK': Rounds, 'by hand': Rounds });
const Counts = z.object({ ours: z.number(), 'durable SDK': z.number(), 'by hand': z.number() });
const Measured = z.object({ p99: Kinds, medians: Kinds, calls: z.number(), checkpoints: Counts });

const measureTime = once(async ({ folder, progress }: MeasurePorts) => {
  progress('operations');
  return runBundle(await bundle(folder, 'warm-operation', `import './programs/warm-operation';`), Measured);
});

const milliseconds = (rounds: readonly number[]): string => `${figureOf(rounds).median.toFixed(2)} ms`;

const time = (baseline: 'by hand' | 'durable SDK', name: string, against: string): Measure => ({
  name,
  against,
  goal: { direction: 'at most', bound: 1 },
  judgedIn: 'ms',
  unit: 'ms',
  run: async (ports) => {
    const { p99, medians, calls, checkpoints } = await measureTime(ports);
    const [ours, theirs] = [medians.ours, medians[baseline]];
    return {
      judged: differenceOf(p99.ours, p99[baseline]),
      ours: figureOf(p99.ours),
      baseline: figureOf(p99[baseline]),
      notes: [
        `medians of an operation: ${milliseconds(ours)} and ${milliseconds(theirs)}`,
        `${calls} calls each; ${checkpoints.ours} and ${checkpoints[baseline]} checkpoints`,
      ],
    };
  },
});

const PROCESSES = 7;
const MEMORY = {
  ours: `import { createOurs } from './operations/ours';
    import { writeMemory } from './programs/operation-memory';
    await writeMemory(createOurs);`,
  'by hand': `import { createByHand } from './operations/by-hand';
    import { writeMemory } from './programs/operation-memory';
    await writeMemory(createByHand);`,
} as const;

const memory: Measure = {
  name: 'warm operation: memory over the bare calls and checkpoints',
  against: 'the same calls and checkpoints, made by hand, in a process of their own',
  goal: { direction: 'at most', bound: 10 },
  judgedIn: 'MB',
  unit: 'MB',
  run: async ({ folder, progress }) => {
    const ours = await bundle(folder, 'memory-ours', MEMORY.ours);
    const byHand = await bundle(folder, 'memory-by-hand', MEMORY['by hand']);
    const Weighed = z.object({ megabytes: z.number() });
    const weigh = (of: typeof ours) => async () => (await runBundle(of, Weighed)).megabytes;
    const megabytes = await interleave(
      { ours: weigh(ours), 'by hand': weigh(byHand) },
      { rounds: PROCESSES },
      (round) => progress(`round ${round} of ${PROCESSES}`),
    );
    return {
      judged: differenceOf(megabytes.ours, megabytes['by hand']),
      ours: figureOf(megabytes.ours),
      baseline: figureOf(megabytes['by hand']),
    };
  },
};

export const warmOperations: readonly Measure[] = [
  time(
    'by hand',
    'warm operation at p99, over the bare calls and checkpoints',
    'the same calls and checkpoints, made by hand without the durable SDK',
  ),
  time(
    'durable SDK',
    'warm operation at p99, over the bare calls in durable steps',
    "the same calls in steps of AWS's durable SDK",
  ),
  memory,
];
