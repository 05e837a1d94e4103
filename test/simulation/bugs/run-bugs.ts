import { createProgress } from '../progress';
import { add, counted, newTally } from '../report';
import type { ScheduleRequest } from '../schedule';
import { startWorkers } from '../workers';
import { SEEDED_BUGS } from './seeded-bugs';

/**
 * Breaks the product in one place after the other and lets schedules find it. A bug that none of them finds is one that the
 * simulation would not find in the product either.
 * @returns whether every one was caught
 */
export const bugs = async (options: {
  readonly processes: number;
  readonly count: number;
  readonly first: number;
}): Promise<boolean> => {
  const { processes, count, first } = options;
  const missed: string[] = [];
  for (const bug of SEEDED_BUGS) {
    const workers = await startWorkers(processes, bug.patches);
    const tally = newTally();
    const progress = createProgress(`schedules with "${bug.name}"`, undefined);
    const requests = function* (): Generator<ScheduleRequest> {
      for (let seed = first; seed < first + count; seed += 1) yield { seed };
    };
    try {
      await workers.runAll(
        requests(),
        (outcome) => {
          add(tally, outcome);
          progress.step();
        },
        { enough: () => tally.failures.length > 0 },
      );
    } finally {
      workers.close();
    }
    const [caught] = tally.failures;
    const [violation] = caught?.violations ?? [];
    if (!caught || !violation) missed.push(bug.name);
    const verdict = violation
      ? `caught after ${counted(tally.schedules)}: ${violation.invariant}: ${violation.what}`
      : `MISSED in ${counted(tally.schedules)}`;
    console.log(`${bug.name} - ${verdict}`);
  }
  console.log(
    missed.length === 0
      ? `\nAll ${SEEDED_BUGS.length} seeded bugs were caught.`
      : `\n${missed.length} of ${SEEDED_BUGS.length} seeded bugs were not caught: ${missed.join('; ')}`,
  );
  return missed.length === 0;
};
