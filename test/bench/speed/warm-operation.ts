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

const PROCESSES = 3;
const MEMORY = {
  ours: `import { createOurs } from './operations/ours';
    import { writeMemory } from './programs/operation-memory';
    await writeMemory(createOurs);`,
  'by hand': `import { createByHand } from './operations/by-hand';
    import { writeMemory } from './programs/operation-memory';
    await writeMemory(createByHand);`,
} as const;

/** Megabytes that infra/bridge/operation.ts gives the function. */
const FUNCTION_MEMORY = 512;
/**
 * How V8 is limited in a function of that size: a tenth of it for new objects, in two halves, and the rest for old ones. So says
 * the script that Lambda starts Node 18 with.
 */
const LIMITS_OF_LAMBDA = [
  `--max-semi-space-size=${Math.floor(FUNCTION_MEMORY / 20)}`,
  `--max-old-space-size=${FUNCTION_MEMORY - Math.floor(FUNCTION_MEMORY / 10)}`,
];

const Weighed = z.object({ keptWarm: z.number(), keptSettled: z.number(), highest: z.number() });
type Weighed = z.infer<typeof Weighed>;

const weigh = once(async ({ folder, progress }: MeasurePorts) => {
  const weighed: Record<keyof typeof MEMORY, Weighed[]> = { ours: [], 'by hand': [] };
  const weighing = async (name: keyof typeof MEMORY) => {
    const program = await bundle(folder, `memory-${name.replace(' ', '-')}`, MEMORY[name]);
    return async (): Promise<number> => {
      const found = await runBundle({ ...program, nodeOptions: LIMITS_OF_LAMBDA }, Weighed);
      weighed[name].push(found);
      return found.highest;
    };
  };
  await interleave(
    { ours: await weighing('ours'), 'by hand': await weighing('by hand') },
    { rounds: PROCESSES },
    (round) => progress(`round ${round} of ${PROCESSES}`),
  );
  return weighed;
});

const BY_HAND = 'the same calls and checkpoints, made by hand, in a process of their own';

const memory = (what: keyof Weighed, name: string): Measure => ({
  name,
  against: BY_HAND,
  goal: { direction: 'at most', bound: 10 },
  judgedIn: 'MB',
  unit: 'MB',
  run: async (ports) => {
    const weighed = await weigh(ports);
    const ours = weighed.ours.map((one) => one[what]);
    const byHand = weighed['by hand'].map((one) => one[what]);
    return { judged: differenceOf(ours, byHand), ours: figureOf(ours), baseline: figureOf(byHand) };
  },
});

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
  memory('keptWarm', 'warm operation: memory kept after 200 operations'),
  memory('keptSettled', 'warm operation: memory kept after 1,000 operations'),
  memory('highest', 'warm operation: the most memory in 1,000 operations'),
];
