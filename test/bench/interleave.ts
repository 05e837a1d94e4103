import type { Figure } from './measure';

/** Does a contestant's part of one round and returns what it took, in whatever unit. */
export type Contestant = () => number | Promise<number>;

/** What each contestant took, a figure a round. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Has contestants take turns in one run, so that whatever else the machine does meets all of them alike. Whoever began a
 * round goes last in the next one.
 * @param warmUp rounds before those that count
 */
export const interleave = async <Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  { rounds, warmUp = 0 }: { readonly rounds: number; readonly warmUp?: number },
  progress: (round: number) => void = () => undefined,
): Promise<Rounds<Name>> => {
  // Object.keys knows nothing of the type of what it lists.
  const names = Object.keys(contestants) as Name[];
  // Each name gets its array here.
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round + warmUp) % names.length];
      if (name === undefined) continue;
      const figure = await contestants[name]();
      if (round >= 0) taken[name].push(figure);
    }
    if (round >= 0) progress(round + 1);
  }
  return taken;
};

/** The value below which the share lies, between the two nearest that were measured. @param share from 0 to 1 */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('Nothing was measured');
  return below + (above - below) * (place - Math.floor(place));
};

export const figureOf = (values: readonly number[]): Figure => ({
  median: quantile(values, 0.5),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
});

/** Compares ours with a baseline round by round: what disturbs a round disturbs both sides of its quotient. */
const pairwise =
  (compare: (ours: number, baseline: number) => number) =>
  (ours: readonly number[], baseline: readonly number[]): Figure =>
    figureOf(
      ours.map((value, round) => {
        const other = baseline[round];
        if (other === undefined) throw new RangeError(`Round ${round + 1} has no baseline`);
        return compare(value, other);
      }),
    );

export const ratioOf = pairwise((ours, baseline) => ours / baseline);
export const differenceOf = pairwise((ours, baseline) => ours - baseline);
