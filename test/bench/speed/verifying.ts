import { z } from 'zod';
import { figureOf, ratioOf } from '../interleave';
import { type Measure, type MeasurePorts, once } from '../measure';
import { bundle, runBundle } from '../program';

const Rounds = z.array(z.number()).min(1);
const PerSize = z.object({
  open: Rounds,
  'raw with JSON': Rounds,
  verify: Rounds,
  raw: Rounds,
  standardwebhooks: Rounds,
});
const Measured = z.object({ '1 kB': PerSize, '20 kB': PerSize });
type Size = keyof z.infer<typeof Measured>;

const measureAll = once(async ({ folder, progress }: MeasurePorts) => {
  progress('verifying');
  return runBundle(await bundle(folder, 'verify', `import './programs/verify';`), Measured);
});

const microseconds = (rounds: readonly number[]): string => `${figureOf(rounds).median.toFixed(1)} µs`;

const opening = (size: Size): Measure => ({
  name: `verify and parse, ${size}`,
  against: 'HMAC, comparison and JSON.parse, and nothing else',
  goal: { direction: 'at most', bound: 1.5 },
  judgedIn: '×',
  unit: 'µs',
  run: async (ports) => {
    const { open, 'raw with JSON': raw, verify, raw: hmac } = (await measureAll(ports))[size];
    return {
      judged: ratioOf(open, raw),
      ours: figureOf(open),
      baseline: figureOf(raw),
      notes: [
        `of ours, verifying alone takes ${microseconds(verify)}; of the baseline, ${microseconds(hmac)}`,
      ],
    };
  },
});

const verifying = (size: Size, bound: number): Measure => ({
  name: `verify, ${size}: how much faster`,
  against: 'standardwebhooks, which is not asked to parse',
  goal: { direction: 'at least', bound },
  judgedIn: '×',
  unit: 'µs',
  run: async (ports) => {
    const { verify, standardwebhooks } = (await measureAll(ports))[size];
    return {
      judged: ratioOf(standardwebhooks, verify),
      ours: figureOf(verify),
      baseline: figureOf(standardwebhooks),
    };
  },
});

export const verifications: readonly Measure[] = [
  opening('1 kB'),
  opening('20 kB'),
  verifying('1 kB', 4),
  verifying('20 kB', 5),
];
