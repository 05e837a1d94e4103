import { faultsOnce } from '../crash-points';
import { createProgress } from '../progress';
import { counted, replayLine } from '../report';
import type { Violation } from '../invariants';
import type { ScheduleOutcome, ScheduleRequest } from '../schedule';
import { startWorkers, type Workers } from '../workers';
import type { SeededBug } from './seeded-bug';
import { SEEDED_BUGS } from './seeded-bugs';

/** Schedules that each process is given at a time. */
const AT_A_TIME = 10;

interface Caught {
  /** Schedules that it took. */
  readonly after: number;
  readonly by: Violation;
  readonly request: ScheduleRequest;
}

const random = function* (first: number, count: number): Generator<ScheduleRequest> {
  for (let seed = first; seed < first + count; seed += 1) yield { seed };
};

/** What a schedule breaks with the bug in place and keeps without it. */
const ownViolation = async (outcome: ScheduleOutcome, sound: Workers): Promise<Violation | undefined> => {
  if (outcome.violations.length === 0) return undefined;
  const { outcomes } = await sound.run({ requests: [outcome.request] });
  const broken = new Set(outcomes.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)));
  return outcome.violations.find(({ invariant }) => !broken.has(invariant));
};

const hunt = async (
  requests: Iterable<ScheduleRequest>,
  workers: { readonly broken: Workers; readonly sound: Workers; readonly processes: number },
  step: () => void,
): Promise<Caught | { readonly missedIn: number }> => {
  const all = [...requests];
  const size = AT_A_TIME * workers.processes;
  for (let from = 0; from < all.length; from += size) {
    const some = all.slice(from, from + size);
    const outcomes: ScheduleOutcome[] = [];
    await workers.broken.runAll(some, (outcome) => {
      outcomes.push(outcome);
      step();
    });
    for (const [index, request] of some.entries()) {
      const outcome = outcomes.find((one) => JSON.stringify(one.request) === JSON.stringify(request));
      const by = outcome && (await ownViolation(outcome, workers.sound));
      if (by) return { after: from + index + 1, by, request };
    }
  }
  return { missedIn: all.length };
};

/**
 * Breaks the product in one place after the other and lets schedules find it. A bug that none of them finds is one that the
 * simulation would not find in the product either.
 * @param options.only part of the names of the bugs to try; all where it is left out
 * @returns whether every one was caught
 */
export const bugs = async (options: {
  readonly processes: number;
  readonly count: number;
  readonly first: number;
  readonly only?: string | undefined;
}): Promise<boolean> => {
  const { processes, count, first, only = '' } = options;
  const tried = SEEDED_BUGS.filter(({ name }) => name.includes(only));
  const missed: SeededBug[] = [];
  const sound = await startWorkers(1);
  try {
    for (const bug of tried) {
      const broken = await startWorkers(processes, bug.patches);
      const progress = createProgress(`schedules with "${bug.name}"`, undefined);
      try {
        const requests =
          bug.within === undefined ? random(first, count) : await faultsOnce(sound, bug.within);
        const end = await hunt(requests, { broken, sound, processes }, progress.step);
        if ('missedIn' in end) {
          missed.push(bug);
          console.log(`MISSED in ${counted(end.missedIn)} schedules: ${bug.name}`);
        } else {
          const { after, by, request } = end;
          console.log(
            `caught after ${counted(after)}: ${bug.name}\n    ${by.invariant}: ${by.what}\n    ${replayLine(request)}`,
          );
        }
      } finally {
        broken.close();
      }
    }
  } finally {
    sound.close();
  }
  console.log(
    missed.length === 0
      ? `\nAll ${tried.length} seeded bugs were caught.`
      : `\n${missed.length} of ${tried.length} seeded bugs were not caught.`,
  );
  return missed.length === 0 && tried.length > 0;
};
