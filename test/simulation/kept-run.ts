import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Invariant } from './invariants';
import { newTally, type Tally } from './report';

/** What is kept is of other code, or of a run that began elsewhere: its figures would say nothing of this one. */
export class OtherRun extends Error {
  override readonly name = 'OtherRun';
  constructor(file: string, what: string) {
    super(`${file} keeps a run ${what}. Name another file, or remove it to begin anew.`);
  }
}

const Kept = z.strictObject({
  code: z.string(),
  first: z.int(),
  seconds: z.number(),
  tally: z.strictObject({
    ...{ schedules: z.int(), operations: z.int(), calls: z.int(), longest: z.number() },
    slowest: z.custom<Tally['slowest']>(),
    faults: z.record(z.string(), z.int()),
    violated: z.record(z.string(), z.int()),
    // They were written by this code, as it has them.
    failures: z.array(z.custom<Tally['failures'][number]>()),
  }),
});

/** How far a run of random schedules has come. */
export interface Come {
  readonly tally: Tally;
  /** Seconds that it took. */
  readonly seconds: number;
}

/**
 * A run that takes hours, kept in a file, so that it can be cut off and gone on with.
 * @param file its path; nothing is kept without one
 * @param run the digest of all the code that runs, and the first schedule's seed
 * @throws OtherRun
 */
export const openKeptRun = (
  file: string | undefined,
  { code, first }: { readonly code: string; readonly first: number },
): { readonly come: Come; readonly keep: (come: Come) => void } => {
  const come = (): Come => {
    if (file === undefined || !existsSync(file)) return { tally: newTally(), seconds: 0 };
    const kept = Kept.safeParse(jsonOf(readFileSync(file, 'utf8'))).data;
    if (!kept) throw new OtherRun(file, 'that cannot be read');
    if (kept.code !== code) throw new OtherRun(file, 'of other code');
    if (kept.first !== first) throw new OtherRun(file, `that began with seed ${kept.first}`);
    const { faults, violated, ...rest } = kept.tally;
    const tally = {
      ...rest,
      faults: new Map(Object.entries(faults)),
      violated: new Map(Object.entries(violated) as [Invariant, number][]),
    };
    return { tally, seconds: kept.seconds };
  };
  return {
    come: come(),
    keep: ({ tally, seconds }) => {
      if (file === undefined) return;
      const { faults, violated, ...rest } = tally;
      const kept: z.infer<typeof Kept> = {
        ...{ code, first, seconds },
        tally: { ...rest, faults: Object.fromEntries(faults), violated: Object.fromEntries(violated) },
      };
      // A file that is half written would cost hours.
      writeFileSync(`${file}.new`, JSON.stringify(kept));
      renameSync(`${file}.new`, file);
    },
  };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
