import { z } from 'zod';
import { figureOf, ratioOf } from '../interleave';
import { type Measure, type MeasurePorts, once } from '../measure';
import { bundle, runBundle } from '../program';

const Rounds = z.array(z.number()).min(1);
const Kinds = z.object({ accepting: Rounds }).catchall(Rounds);
const Measured = z.object({
  '1 kB': Kinds,
  '20 kB': Kinds,
  oversize: z.object({ 'just too long': Rounds, 'as long as can be': Rounds }),
});

const measureAll = once(async ({ folder, progress }: MeasurePorts) => {
  progress('refusing');
  return runBundle(await bundle(folder, 'refuse', `import './programs/refuse';`), Measured);
});

/** Judges the kind of refusal that takes longest. */
const refusing = (size: '1 kB' | '20 kB'): Measure => ({
  name: `refusing, ${size}: the slowest kind`,
  against: 'accepting the same message, with AWS answering at once',
  goal: { direction: 'at most', bound: 1.2 },
  judgedIn: '×',
  unit: 'µs',
  run: async (ports) => {
    const { accepting, ...refused } = (await measureAll(ports))[size];
    const kinds = Object.entries(refused)
      .map(([kind, rounds]) => ({ kind, rounds, ratio: ratioOf(rounds, accepting) }))
      .sort((a, b) => b.ratio.median - a.ratio.median);
    const [slowest] = kinds;
    if (!slowest) throw new Error('Nothing was refused');
    return {
      judged: slowest.ratio,
      ours: figureOf(slowest.rounds),
      baseline: figureOf(accepting),
      notes: [kinds.map(({ kind, ratio }) => `${kind} ${ratio.median.toFixed(2)}×`).join(', ')],
    };
  },
});

const oversize: Measure = {
  name: 'refusing 6 MB',
  against: 'refusing a body that is just too long, 270 kB',
  goal: { direction: 'at most', bound: 1.2 },
  judgedIn: '×',
  unit: 'µs',
  run: async (ports) => {
    const { 'as long as can be': longest, 'just too long': shortest } = (await measureAll(ports)).oversize;
    return { judged: ratioOf(longest, shortest), ours: figureOf(longest), baseline: figureOf(shortest) };
  },
};

export const refusals: readonly Measure[] = [refusing('1 kB'), refusing('20 kB'), oversize];
