/** Something that the sandbox will do at a moment of simulated time. */
interface Appointment {
  readonly at: number;
  readonly order: number;
  readonly what: string;
  readonly run: () => Promise<void> | void;
}

/** What the stand-ins need of time: the moment, and something done later. */
export interface Clock {
  readonly now: () => Date;
  /** Makes an appointment `delay` milliseconds from now. */
  after(delay: number, what: string, run: () => Promise<void> | void): void;
  /** Repeats every `period` milliseconds, for as long as time goes on. */
  every(period: number, what: string, run: () => Promise<void> | void): void;
}

/** Whether one appointment comes before another: by time, then by who was made first. */
const comesBefore = (one: Appointment, other: Appointment): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** The appointments that are still to come, as a binary heap: whoever stands at an index comes before 2i + 1 and 2i + 2. */
class Agenda {
  readonly #heap: Appointment[] = [];

  get first(): Appointment | undefined {
    return this.#heap[0];
  }

  add(added: Appointment): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (!parent || comesBefore(parent, added)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = added;
  }

  takeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (left && right && comesBefore(right, left)) below += 1;
      const child = heap[below];
      if (!child || comesBefore(last, child)) break;
      heap[index] = child;
      index = below;
    }
    heap[index] = last;
  }

  /** In the order in which they were made. */
  get all(): Appointment[] {
    return [...this.#heap].sort((one, other) => one.order - other.order);
  }
}

/**
 * Simulated time. Everything that the stand-ins do later - a queue's delivery, a durable execution's timer, a
 * resource that takes two minutes to create - is an appointment here. Appointments run one after the other, in
 * order of time and then of being made, each to its end; so a run is repeatable and twelve hours take no time.
 */
export class DrivenClock implements Clock {
  #now: number;
  #made = 0;
  #kept = 0;
  readonly #agenda = new Agenda();

  constructor(start = new Date('2026-01-15T09:00:00Z')) {
    this.#now = start.getTime();
  }

  readonly now = (): Date => new Date(this.#now);

  /** How many appointments have been kept so far. */
  get kept(): number {
    return this.#kept;
  }

  after(delay: number, what: string, run: () => Promise<void> | void): void {
    this.#agenda.add({ at: this.#now + Math.max(0, delay), order: this.#made++, what, run });
  }

  every(period: number, what: string, run: () => Promise<void> | void): void {
    this.after(period, what, async () => {
      this.every(period, what, run);
      await run();
    });
  }

  /**
   * Drives time forward by `span` milliseconds, keeping every appointment on the way.
   * @throws RangeError for anything else than forward
   */
  async advance(span: number): Promise<void> {
    if (!(span >= 0)) throw new RangeError(`Time goes forward only, not by ${span} milliseconds`);
    const end = this.#now + span;
    while (await this.#next(end));
    this.#now = end;
  }

  /**
   * Drives time until `done` holds.
   * @param within milliseconds of simulated time
   * @throws Error when it does not come to hold within that time; the message names what was still to come
   */
  async until(done: () => boolean | Promise<boolean>, within: number, what = 'it'): Promise<void> {
    const end = this.#now + within;
    while (!(await done())) {
      if (await this.#next(end)) continue;
      const coming = this.#agenda.all.map((appointment) => appointment.what).join(', ');
      throw new Error(
        `${what} did not happen within ${within / 1000} simulated seconds; still to come: ${coming}`,
      );
    }
  }

  async #next(end: number): Promise<boolean> {
    const next = this.#agenda.first;
    if (!next || next.at > end) return false;
    this.#agenda.takeFirst();
    this.#now = Math.max(this.#now, next.at);
    this.#kept += 1;
    await next.run();
    return true;
  }
}
