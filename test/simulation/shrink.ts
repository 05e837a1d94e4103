import type { Met } from './faults';
import type { ScheduleOutcome, ScheduleRequest } from './schedule';

/** Runs of a schedule that are spent on making it smaller. */
const MOST_RUNS = 400;

type Part = { readonly part: string } | { readonly fault: Met };

const requestWith = ({ seed, scenario }: ScheduleRequest, parts: readonly Part[]): ScheduleRequest => ({
  seed,
  ...(scenario !== undefined && { scenario }),
  keeps: {
    parts: parts.flatMap((one) => ('part' in one ? one.part : [])),
    faults: parts.flatMap((one) => ('fault' in one ? one.fault : [])),
  },
});

/**
 * Leaves out of a failing schedule whatever it fails without: by halves first, then one by one.
 * @returns the smallest schedule that was found to break the same invariant
 */
export const shrink = async (
  failed: ScheduleOutcome,
  run: (request: ScheduleRequest) => Promise<ScheduleOutcome>,
): Promise<ScheduleOutcome> => {
  const broken = failed.violations[0]?.invariant;
  let smallest = failed;
  let runs = 0;
  const stillFails = async (parts: readonly Part[]): Promise<boolean> => {
    runs += 1;
    const outcome = await run(requestWith(failed.request, parts));
    const fails = outcome.violations.some(({ invariant }) => invariant === broken);
    if (fails) smallest = outcome;
    return fails;
  };
  let parts: Part[] = [...failed.parts.map((part) => ({ part })), ...failed.met.map((fault) => ({ fault }))];
  if (!(await stillFails(parts))) return failed;
  for (
    let size = Math.ceil(parts.length / 2);
    size >= 1 && runs < MOST_RUNS;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < parts.length && runs < MOST_RUNS;) {
      const without = [...parts.slice(0, from), ...parts.slice(from + size)];
      if (await stillFails(without)) parts = without;
      else from += size;
    }
  }
  return smallest;
};
