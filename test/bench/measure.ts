/** A quantity that was measured many times: its median, and the bounds of the middle half of what was measured. */
export interface Figure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What was counted or computed once, and comes out the same each time. */
export const exactly = (value: number): Figure => ({ median: value, low: value, high: value });

export interface Goal {
  readonly direction: 'at most' | 'at least';
  /** In the unit of what is judged. */
  readonly bound: number;
}

/** What a run of a measure found. */
export interface Reading {
  /** What the goal is about, in the measure's `judgedIn`. */
  readonly judged: Figure;
  /** What it was computed of, in the measure's `unit`; absent where there is nothing more to show. */
  readonly ours?: Figure;
  readonly baseline?: Figure;
  /** Facts that were measured beside it, a line each. */
  readonly notes?: readonly string[];
}

export interface MeasurePorts {
  /** Tells how far it is, in a few words. */
  readonly progress: (words: string) => void;
  /** A directory of this run's own, which is removed after it. */
  readonly folder: string;
}

/** One line of the table. */
export interface Measure {
  readonly name: string;
  /** What ours is compared with; absent where the goal is about ours alone. */
  readonly against?: string;
  readonly goal: Goal;
  /** The unit of what is judged: `×` for a ratio. */
  readonly judgedIn: string;
  /** The unit of ours and of the baseline. */
  readonly unit: string;
  /** @throws where it cannot measure; a goal that is missed is a reading like any other */
  readonly run: (ports: MeasurePorts) => Promise<Reading>;
}

/** The median decides: whether a goal is met must not hang on the one time that something else was running. */
export const meets = ({ direction, bound }: Goal, { median }: Figure): boolean =>
  direction === 'at most' ? median <= bound : median >= bound;

/** Several measures that come of one run share it, so that what they compare was measured side by side. */
export const once = <T>(run: (ports: MeasurePorts) => Promise<T>): ((ports: MeasurePorts) => Promise<T>) => {
  let running: Promise<T> | undefined;
  return (ports) => (running ??= run(ports));
};
