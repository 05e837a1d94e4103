/** Milliseconds from which on a page waits for news; what is shorter belongs to the browser itself. */
const LONG = 1000;
/** Above any id that a browser gives. */
const FIRST = 1_000_000_000;

/**
 * Lets the long waits of a page go by in simulated time, so that a page which looks for news every so often does so as often
 * as it would, however quickly time passes in the sandbox.
 */
export const createPageTime = () => {
  const waits = new Map<number, { readonly until: number; readonly run: () => void }>();
  let now: number | undefined;
  let made = FIRST;

  return {
    /** Puts the page's own clock in place of its window's, for long waits alone. */
    install: (page: Window): void => {
      const set = page.setTimeout.bind(page);
      const clear = page.clearTimeout.bind(page);
      const later = (run: () => void, delay = 0): number => {
        if (delay < LONG || now === undefined) return set(run, delay);
        made += 1;
        waits.set(made, { until: now + delay, run });
        return made;
      };
      const cancel = (id: number | undefined): void => {
        if (id !== undefined && !waits.delete(id)) clear(id);
      };
      Object.assign(page, { setTimeout: later, clearTimeout: cancel });
    },

    /** Simulated time has come so far, in milliseconds since 1970. */
    reach: (time: number): void => {
      now = time;
      for (const [id, { until, run }] of waits) {
        if (until > time) continue;
        waits.delete(id);
        run();
      }
    },
  };
};
