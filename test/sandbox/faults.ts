/** What may go wrong with one request on a wire. */
export type Fault =
  /** Answered with the service's own throttling error; nothing was done. */
  | 'throttled'
  /** Answered with an internal error; nothing was done. */
  | 'failed'
  /** The connection broke before anything was done. */
  | 'unreachable'
  /** It was done, but the answer was lost. */
  | 'answer lost';

interface Planned {
  readonly hits: (service: string, operation: string) => boolean;
  readonly fault: Fault;
  spared: number;
  times: number;
}

/** The faults that a test asks for; each is used up by the requests that it hits. */
export class Faults {
  #planned: Planned[] = [];
  #met = 0;

  /** The next `times` requests of `operation` to `service` meet with `fault`. Names are those of the journal. */
  plan(service: string, operation: string, fault: Fault, times = 1): void {
    const hits = (to: string, what: string) => to === service && what === operation;
    this.#planned.push({ hits, fault, times, spared: 0 });
  }

  /** Of all requests to these services from now on, the one after the first `spared` meets with `fault`. */
  planAfter(spared: number, services: readonly string[], fault: Fault): void {
    this.#planned.push({ hits: (to) => services.includes(to), fault, times: 1, spared });
  }

  /** Takes the fault that this request meets with, if any. */
  take(service: string, operation: string): Fault | undefined {
    const due = this.#planned.filter((planned) => planned.times > 0 && planned.hits(service, operation));
    const met = due.find((planned) => planned.spared === 0);
    for (const planned of due) if (planned.spared > 0) planned.spared -= 1;
    if (!met) return undefined;
    met.times -= 1;
    this.#met += 1;
    return met.fault;
  }

  /** How many requests have met with a fault since the last {@link clear}. */
  get met(): number {
    return this.#met;
  }

  /** Whether every planned fault has been met with. */
  get spent(): boolean {
    return this.#planned.every(({ times }) => times === 0);
  }

  /** Ends every fault that is still planned. */
  clear(): void {
    this.#planned = [];
    this.#met = 0;
  }
}
