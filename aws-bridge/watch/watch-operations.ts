import type { Log } from '../runtime/log';

/**
 * Measures how long the oldest open operation has been open. One question, however many operations there are.
 * @throws what the port throws: a missing measurement is an alarm of its own
 */
export const createWatchOperations =
  (ports: {
    /** When the oldest operation that still runs was started, if any runs. */
    readonly oldestStart: () => Promise<Date | undefined>;
    readonly now: () => Date;
    readonly log: Log;
  }) =>
  async (): Promise<void> => {
    const start = await ports.oldestStart();
    const open = start ? Math.max(0, ports.now().getTime() - start.getTime()) : 0;
    ports.log({ outcome: 'watched', oldestOpenSeconds: Math.floor(open / 1000) });
  };
