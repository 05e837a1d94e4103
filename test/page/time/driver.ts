import { setImmediate as breath } from 'node:timers/promises';
import type { DrivenClock } from '../../sandbox/clock';
import type { Turns } from './turns';

export const SPEEDS = [1, 60, 3600] as const;
export type Speed = (typeof SPEEDS)[number];

/** Milliseconds of simulated time that pass at a time while it is skipped; people take their turns in between. */
const STRIDE = 60_000;
/** Milliseconds of real time that count at most at once: a machine that slept has not lived through it. */
const LONGEST_TICK = 1000;

/** What simulated time does. */
export interface TimeView {
  /** ISO 8601 */
  readonly now: string;
  readonly speed: Speed;
  /** While time is skipped: from when to when. */
  readonly skip: { readonly from: string; readonly to: string } | undefined;
}

/** Lets simulated time run along with real time, faster where asked, or skips some. */
export const createTimeDriver = ({
  clock,
  turns,
  changed,
  passed,
}: {
  readonly clock: DrivenClock;
  readonly turns: Turns;
  /** Called when something happened meanwhile. */
  readonly changed: () => void;
  /** Called when only time went by. */
  readonly passed: () => void;
}) => {
  let speed: Speed = 1;
  let skip: { from: Date; to: Date } | undefined;
  let skipping: Promise<void> = Promise.resolve();

  const advance = (span: number): Promise<void> =>
    turns(async () => {
      const before = clock.kept;
      await clock.advance(span);
      if (clock.kept > before) changed();
      else passed();
    });

  const skipOn = async (mine: NonNullable<typeof skip>): Promise<void> => {
    while (skip === mine && clock.now() < mine.to) {
      await advance(Math.min(STRIDE, mine.to.getTime() - clock.now().getTime()));
      await breath();
    }
    if (skip === mine) skip = undefined;
    passed();
  };

  return {
    view: (): TimeView => ({
      now: clock.now().toISOString(),
      speed,
      skip: skip && { from: skip.from.toISOString(), to: skip.to.toISOString() },
    }),

    setSpeed: (chosen: Speed): void => {
      speed = chosen;
      passed();
    },

    /** @param elapsed milliseconds of real time since the last tick */
    tick: async (elapsed: number): Promise<void> => {
      const span = Math.round(Math.min(elapsed, LONGEST_TICK) * speed);
      if (skip || span <= 0) return;
      await advance(span);
    },

    /**
     * Skips time; appointments on the way are kept. What is being skipped already is skipped to its end first.
     * @param span milliseconds
     * @returns when the time is over, or skipping was cancelled
     */
    skip: async (span: number): Promise<void> => {
      const from = clock.now();
      if (skip) {
        skip.to = new Date(skip.to.getTime() + span);
        return;
      }
      skip = { from, to: new Date(from.getTime() + span) };
      passed();
      skipping = skipOn(skip);
      await skipping;
    },

    /** When no time is being skipped any more. */
    settled: (): Promise<void> => skipping,

    /** What is over stays over. */
    cancelSkip: (): void => {
      skip = undefined;
      passed();
    },
  };
};
export type TimeDriver = ReturnType<typeof createTimeDriver>;
