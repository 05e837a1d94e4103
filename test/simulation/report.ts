import type { ScheduleOutcome, ScheduleRequest } from './schedule';
import { INVARIANTS, type Invariant } from './invariants';

const number = new Intl.NumberFormat('en');
export const counted = (value: number): string => number.format(value);

/** The line that runs a schedule once more. */
export const replayLine = ({ seed, scenario, keeps, bridge }: ScheduleRequest): string => {
  const request = JSON.stringify({
    seed,
    ...{ ...(scenario && { scenario }), ...(keeps && { keeps }), ...(bridge && { bridge }) },
  });
  return `npm run simulate -- --replay '${request.replaceAll("'", String.raw`'\''`)}'`;
};

/** What schedules came to, added up. */
export interface Tally {
  schedules: number;
  operations: number;
  calls: number;
  /** Milliseconds. */
  longest: number;
  /** Of which schedule that is. */
  slowest: ScheduleRequest | undefined;
  readonly faults: Map<string, number>;
  readonly violated: Map<Invariant, number>;
  readonly failures: ScheduleOutcome[];
}

export const newTally = (): Tally => ({
  ...{ schedules: 0, operations: 0, calls: 0, longest: 0, slowest: undefined },
  faults: new Map(),
  violated: new Map(),
  failures: [],
});

/** Failing schedules that are kept to be shown. */
const KEPT = 20;

export const add = (tally: Tally, outcome: ScheduleOutcome): void => {
  tally.schedules += 1;
  tally.operations += outcome.operations;
  tally.calls += outcome.calls;
  if (outcome.longest > tally.longest) {
    tally.longest = outcome.longest;
    tally.slowest = outcome.request;
  }
  for (const { fault } of outcome.met) tally.faults.set(fault, (tally.faults.get(fault) ?? 0) + 1);
  for (const invariant of new Set(outcome.violations.map((violation) => violation.invariant))) {
    tally.violated.set(invariant, (tally.violated.get(invariant) ?? 0) + 1);
  }
  if (outcome.violations.length > 0 && tally.failures.length < KEPT) tally.failures.push(outcome);
};

/** Lines that say what a tally says. */
export const lines = (tally: Tally): readonly string[] => [
  `${counted(tally.schedules)} schedules, ${counted(tally.operations)} operations, ${counted(tally.calls)} calls`,
  `faults: ${
    [...tally.faults]
      .sort()
      .map(([fault, count]) => `${counted(count)} ${fault}`)
      .join(', ') || 'none'
  }`,
  ...(Object.keys(INVARIANTS) as Invariant[]).map(
    (invariant) =>
      `${counted(tally.violated.get(invariant) ?? 0).padStart(8)} schedules break "${INVARIANTS[invariant]}"`,
  ),
  `${(tally.longest / 60_000).toFixed(1)} simulated minutes at most until all was as it has to be${tally.slowest ? `: ${replayLine(tally.slowest)}` : ''}`,
];
