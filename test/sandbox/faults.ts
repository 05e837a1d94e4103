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
  readonly service: string;
  readonly operation: string;
  readonly fault: Fault;
  times: number;
}

/** The faults that a test asks for; each is used up by the requests that it hits. */
export class Faults {
  readonly #planned: Planned[] = [];

  /** The next `times` requests of `operation` to `service` meet with `fault`. Names are those of the journal. */
  plan(service: string, operation: string, fault: Fault, times = 1): void {
    this.#planned.push({ service, operation, fault, times });
  }

  /** Takes the fault that this request meets with, if any. */
  take(service: string, operation: string): Fault | undefined {
    const planned = this.#planned.find(
      (candidate) =>
        candidate.service === service && candidate.operation === operation && candidate.times > 0,
    );
    if (!planned) return undefined;
    planned.times -= 1;
    return planned.fault;
  }

  /** Ends every fault that is still planned. */
  clear(): void {
    this.#planned.length = 0;
  }
}
