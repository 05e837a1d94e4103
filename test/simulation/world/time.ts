import { AsyncResource } from 'node:async_hooks';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Clock } from '../../sandbox/clock';

interface Appointment {
  readonly at: number;
  readonly order: number;
  readonly run: () => unknown;
}

/** What goes on of itself is broken where it throws; a schedule must not go on as if it had not. */
export type OnBroken = (error: unknown) => void;

const before = (one: Appointment, other: Appointment): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

const nextTurn = setImmediate;

/**
 * Simulated time for one world. Unlike the sandbox's clock it does not wait for what it starts: functions that take a
 * while overlap, and time goes on once everything that can go on at this moment has.
 */
export class SimulatedTime implements Clock {
  #now: number;
  #made = 0;
  readonly #heap: Appointment[] = [];
  readonly #onBroken: OnBroken;

  constructor(start: number, onBroken: OnBroken) {
    this.#now = start;
    this.#onBroken = onBroken;
  }

  readonly now = (): Date => new Date(this.#now);

  get millis(): number {
    return this.#now;
  }

  after(delay: number, _what: string, run: () => unknown): void {
    this.#push({ at: this.#now + Math.max(0, delay), order: this.#made++, run });
  }

  every(period: number, what: string, run: () => unknown): void {
    this.after(period, what, () => {
      this.every(period, what, run);
      return run();
    });
  }

  sleep(delay: number): Promise<void> {
    return new Promise((resolve) => this.after(delay, 'sleep', resolve));
  }

  /** Lets time pass until a moment, or until nothing is left to do. @returns whether anything is left */
  async until(end: number, enough: () => boolean = () => false): Promise<boolean> {
    for (let next = this.#heap[0]; next && next.at <= end; next = this.#heap[0]) {
      this.#pop();
      this.#now = Math.max(this.#now, next.at);
      this.#start(next);
      // Its turn comes when nothing that could go on at this moment is left.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      if (enough()) return true;
    }
    if (Number.isFinite(end)) this.#now = Math.max(this.#now, end);
    return this.#heap.length > 0;
  }

  #start({ run }: Appointment): void {
    try {
      const result = run();
      if (result instanceof Promise) result.catch(this.#onBroken);
    } catch (error) {
      this.#onBroken(error);
    }
  }

  #push(appointment: Appointment): void {
    const heap = this.#heap;
    let index = heap.push(appointment) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || !before(appointment, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = appointment;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let least = heap[child];
      const right = heap[child + 1];
      if (least && right && before(right, least)) {
        least = right;
        child += 1;
      }
      if (!least || !before(least, last)) break;
      heap[index] = least;
      index = child;
    }
    heap[index] = last;
  }
}

/** The world that this process is in now; one at a time. */
interface Present {
  readonly time: SimulatedTime;
  /** In [0, 1), for whatever asks for chance without a name. */
  readonly random: () => number;
}
let present: Present | undefined;

const real = { Date, setTimeout, setInterval, random: Math.random };

const bytes = (count: number): Buffer => {
  const drawn = Buffer.alloc(Math.ceil(count / 4) * 4);
  const random = present?.random ?? real.random;
  for (let index = 0; index < count; index += 4) drawn.writeUInt32LE(Math.floor(random() * 2 ** 32), index);
  return drawn.subarray(0, count);
};

const uuid = (): string => {
  const hex = bytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

interface Timer {
  readonly id: number;
  cancelled: boolean;
  ref: () => Timer;
  unref: () => Timer;
  hasRef: () => boolean;
  refresh: () => Timer;
  [Symbol.toPrimitive]: () => number;
}

const timer = (): Timer => {
  const made: Timer = {
    id: 0,
    cancelled: false,
    ref: () => made,
    unref: () => made,
    hasRef: () => true,
    refresh: () => made,
    [Symbol.toPrimitive]: () => made.id,
  };
  return made;
};

const cancel = (given: unknown): boolean => {
  if (typeof given !== 'object' || given === null || !('cancelled' in given)) return false;
  given.cancelled = true;
  return true;
};

/**
 * Puts simulated time and repeatable chance in the place of this process's: `Date`, timers, `Math.random`, and what
 * `node:crypto` draws. Real code asks for them wherever it likes, AWS's durable SDK among it. Done once in a process.
 */
export const installTimeAndChance = (): void => {
  const now = (): number => present?.time.millis ?? real.Date.now();
  const construct = function (this: unknown, ...given: readonly unknown[]): Date | string {
    const made = new.target as typeof Date | undefined;
    if (!made) return new real.Date(now()).toString();
    const moment = given.length === 0 ? [now()] : given;
    return Reflect.construct(real.Date, moment, made) as Date;
  };
  // Dates that were made before are dates as well: both have one prototype. Assigning does not tell the type that it can be called.
  const { parse, UTC, prototype } = real.Date;
  globalThis.Date = Object.assign(construct, { now, parse, UTC, prototype }) as unknown as DateConstructor;
  Math.random = () => (present?.random ?? real.random)();

  const later = (run: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) => {
    if (!present) return real.setTimeout(run, delay, ...given);
    const made = timer();
    // It goes on in the name of whoever set it.
    const setter = new AsyncResource('timer');
    present.time.after(delay, 'timer', () => {
      if (!made.cancelled) setter.runInAsyncScope(run, undefined, ...given);
    });
    return made;
  };
  const { clearTimeout: endTimer, clearImmediate: endTurn } = globalThis;
  Object.assign(globalThis, {
    setTimeout: later,
    setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) =>
      present ? later(run, 0, ...given) : nextTurn(run, ...given),
    setInterval: (run: () => void, delay: number) => {
      if (present) throw new Error('The simulation has no intervals');
      return real.setInterval(run, delay);
    },
    clearTimeout: (given: never) => cancel(given) || endTimer(given),
    clearImmediate: (given: never) => cancel(given) || endTurn(given),
  });
  // What takes longer than it may ends otherwise here: the connection breaks.
  const { signal } = new AbortController();
  AbortSignal.timeout = () => signal;

  Object.assign(crypto, {
    randomUUID: uuid,
    randomBytes: (count: number, answer?: (error: Error | null, drawn: Buffer) => void) =>
      answer ? process.nextTick(answer, null, bytes(count)) : bytes(count),
  });
  syncBuiltinESMExports();
};

/** Enters a world; what asks for the time from here on gets that world's. */
export const enter = (world: Present): void => {
  present = world;
};

/** Back to this process's own time. */
export const leave = (): void => {
  present = undefined;
};
