import type { Clock } from '../../clock';
import type { StackRecord } from './stack-record';

/** A stack's creation, update, roll-back, clean-up or deletion. What it meant to do later ends with the next one. */
export interface Run {
  isCurrent(): boolean;
  /** @param delay milliseconds of simulated time */
  later(delay: number, what: string, run: () => void | Promise<void>): void;
}

export interface Runs {
  /** Begins something with a stack, and ends what was under way. */
  begin(stack: StackRecord): Run;
}

export const createRuns = (clock: Clock): Runs => {
  const latest = new WeakMap<StackRecord, Run>();
  return {
    begin: (stack) => {
      const run: Run = {
        isCurrent: () => latest.get(stack) === run,
        later: (delay, what, act) =>
          clock.after(delay, `${stack.identity.name}: ${what}`, () => (run.isCurrent() ? act() : undefined)),
      };
      latest.set(stack, run);
      return run;
    },
  };
};
