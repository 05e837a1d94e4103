/** A page's own time: its timers run when a test says that time goes by, and keep nothing open. */
export interface PageClock {
  readonly now: () => number;
  /** What the page finds in place of the browser's. */
  readonly timers: {
    readonly setTimeout: (run: () => void, delay?: number) => number;
    readonly clearTimeout: (timer?: number) => void;
    readonly setInterval: (run: () => void, delay?: number) => number;
    readonly clearInterval: (timer?: number) => void;
    readonly Date: DateConstructor;
  };
  /** Moves on to the next timer that is due at `end` or before and runs it; without one, moves on to `end`. */
  readonly runNext: (end: number) => boolean;
}

export const createPageClock = (start: Date): PageClock => {
  let now = start.getTime();
  let made = 0;
  const due = new Map<number, { readonly at: number; readonly run: () => void }>();

  const add = (run: () => void, delay: number, timer = ++made): number => {
    due.set(timer, { at: now + Math.max(delay, 1), run });
    return timer;
  };
  const clear = (timer?: number): void => {
    if (timer !== undefined) due.delete(timer);
  };
  const repeat = (run: () => void, delay: number, timer?: number): number => {
    const again: number = add(
      () => {
        repeat(run, delay, again);
        run();
      },
      delay,
      timer,
    );
    return again;
  };

  class PageDate extends Date {
    constructor(...parts: unknown[]) {
      // What `Date` takes is its own business; without anything it is the page's moment.
      super(...((parts.length === 0 ? [now] : parts) as [number]));
    }
    static override now = (): number => now;
  }

  return {
    now: () => now,
    timers: {
      setTimeout: (run, delay = 0) => add(run, delay),
      clearTimeout: clear,
      setInterval: (run, delay = 0) => repeat(run, delay),
      clearInterval: clear,
      // Called without `new`, a date is text: no page does that.
      Date: PageDate as DateConstructor,
    },
    runNext: (end) => {
      const [first] = [...due]
        .filter(([, { at }]) => at <= end)
        .sort((a, b) => a[1].at - b[1].at || a[0] - b[0]);
      now = first === undefined ? end : first[1].at;
      if (first === undefined) return false;
      due.delete(first[0]);
      first[1].run();
      return true;
    },
  };
};
