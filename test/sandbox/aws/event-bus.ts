import type { DrivenClock } from '../clock';
import type { Journal } from '../journal';
import type { BusEvent } from './service';

/** Which events a rule takes, and where they go. */
export interface Rule {
  readonly name: string;
  readonly source: string;
  readonly detailTypes: readonly string[];
  readonly target: (event: BusEvent) => void;
}

/**
 * EventBridge between the tenants and the hub: a rule in the tenant forwards, a rule in the hub has the function
 * invoked. At least once, later, in no particular order: the knobs make it as bad as it may be.
 */
export class EventBus {
  readonly #clock: DrivenClock;
  readonly #journal: Journal;
  readonly #rules: Rule[] = [];
  /** Milliseconds from an event to its arrival in the hub. */
  delay = 500;
  /** Loses every event. */
  dropAll = false;
  #drops = 0;
  #duplicates = 0;

  constructor(clock: DrivenClock, journal: Journal) {
    this.#clock = clock;
    this.#journal = journal;
  }

  addRule(rule: Rule): void {
    this.#rules.push(rule);
  }

  /** Loses the next events that a rule would take. */
  dropNext(times = 1): void {
    this.#drops += times;
  }

  /** Delivers the next events twice. */
  duplicateNext(times = 1): void {
    this.#duplicates += times;
  }

  readonly put = (event: BusEvent): void => {
    const rule = this.#rules.find(
      (candidate) =>
        candidate.source === event.source && candidate.detailTypes.includes(event['detail-type']),
    );
    if (!rule) return;
    if (this.dropAll || this.#drops > 0) {
      if (!this.dropAll) this.#drops -= 1;
      this.#record(event, 0, rule, 'lost');
      return;
    }
    const copies = this.#duplicates > 0 ? 2 : 1;
    this.#duplicates -= copies - 1;
    for (let copy = 0; copy < copies; copy += 1) {
      this.#clock.after(this.delay, `event ${event['detail-type']}`, () => {
        this.#record(event, 200, rule, copy === 0 ? 'delivered' : 'delivered again');
        rule.target(structuredClone(event));
      });
    }
  };

  #record(event: BusEvent, status: number, rule: Rule, outcome: string): void {
    this.#journal.record({
      at: this.#clock.now(),
      caller: event.account,
      service: 'events',
      operation: event['detail-type'],
      status,
      detail: { id: event.id, rule: rule.name, resource: event.resources[0], outcome },
    });
  }
}
