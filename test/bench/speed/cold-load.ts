import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { differenceOf, figureOf, interleave, ratioOf } from '../interleave';
import { type Measure, type MeasurePorts, once, type Reading } from '../measure';
import { bundle, type Bundle, bundleFunction, runBundle } from '../program';

const ROUNDS = 25;

const BASELINES = {
  'bare SDK handler': `import { composeBareSdk } from './baselines/bare-sdk';
    export const handler = composeBareSdk(process.env);`,
  'Powertools + middy': `import { composePowertools } from './baselines/powertools';
    export const handler = composePowertools(process.env);`,
  'bare durable handler': `import { composeBareDurable } from './baselines/bare-durable';
    export const handler = composeBareDurable(process.env);`,
} as const;
type Name = 'ingress' | 'operation' | keyof typeof BASELINES;

const Loaded = z.object({ milliseconds: z.number(), cpu: z.number(), rss: z.number() });

/** Loads each function again and again, each time in a fresh process. */
const load = once(async ({ folder, progress }: MeasurePorts) => {
  progress('bundling');
  const loader = await bundle(folder, 'cold-load', `import './programs/cold-load';`);
  const bundles = new Map<string, Bundle>();
  for (const part of ['ingress', 'operation']) bundles.set(part, await bundleFunction(folder, part));
  for (const [name, code] of Object.entries(BASELINES))
    bundles.set(name, await bundle(folder, name.replaceAll(/\W+/g, '-'), code));
  const of = (name: Name): Bundle => {
    const found = bundles.get(name);
    if (!found) throw new Error(`${name} is not bundled`);
    return found;
  };
  const memory = new Map<string, number[]>([...bundles.keys()].map((name) => [name, []]));
  const processor = new Map<string, number[]>([...bundles.keys()].map((name) => [name, []]));
  const loading = (name: Name) => async (): Promise<number> => {
    const { milliseconds, cpu, rss } = await runBundle(loader, Loaded, pathToFileURL(of(name).path).href);
    memory.get(name)?.push(rss / 1e6);
    processor.get(name)?.push(cpu);
    return milliseconds;
  };
  const milliseconds = await interleave<Name>(
    {
      ingress: loading('ingress'),
      'bare SDK handler': loading('bare SDK handler'),
      'Powertools + middy': loading('Powertools + middy'),
      operation: loading('operation'),
      'bare durable handler': loading('bare durable handler'),
    },
    { rounds: ROUNDS, warmUp: 1 },
    (round) => progress(`round ${round} of ${ROUNDS}`),
  );
  return {
    milliseconds,
    bytes: (name: Name) => of(name).bytes,
    memory: (name: Name) => memory.get(name) ?? [],
    /** Milliseconds. */
    cpu: (name: Name) => processor.get(name) ?? [],
  };
});

const kB = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;

const compare = async (ports: MeasurePorts, ours: Name, baseline: Name): Promise<Reading> => {
  const { milliseconds, bytes, memory, cpu } = await load(ports);
  const inProcessorTime = ratioOf(cpu(ours), cpu(baseline)).median.toFixed(2);
  const more = differenceOf(memory(ours), memory(baseline));
  return {
    judged: ratioOf(milliseconds[ours], milliseconds[baseline]),
    ours: figureOf(milliseconds[ours]),
    baseline: figureOf(milliseconds[baseline]),
    notes: [
      `${ROUNDS} fresh processes each; at a start ${kB(bytes(ours))} and ${kB(bytes(baseline))} are read`,
      `in processor time, which waits for nobody, ${inProcessorTime}×`,
      `memory of the process after loading: ${more.median.toFixed(1)} MB difference`,
    ],
  };
};

const coldLoad = (ours: Name, baseline: Name, bound: number): Measure => ({
  name: `${ours}: cold load / ${baseline}`,
  against: `a ${baseline}, bundled into one file`,
  goal: { direction: 'at most', bound },
  judgedIn: '×',
  unit: 'ms',
  run: (ports) => compare(ports, ours, baseline),
});

export const coldLoads: readonly Measure[] = [
  coldLoad('ingress', 'bare SDK handler', 0.25),
  coldLoad('ingress', 'Powertools + middy', 0.15),
  coldLoad('operation', 'bare durable handler', 1.15),
];
