import type { Clock } from '../clock';
import type { Journal } from '../journal';
import { type EventPattern, matchesEvent } from './event-pattern';
import type { BusEvent } from './service';

/** Which events of a bus a rule takes, and where they go. */
export interface Rule {
  readonly name: string;
  /** ARN of the bus that it listens to. */
  readonly bus: string;
  readonly pattern: EventPattern;
  /** @throws EventRefused where the rule may not hand the event over */
  readonly target: (event: BusEvent) => Promise<void> | void;
}

/** A target did not let a rule in: EventBridge tries again for a day, then the event is gone. */
export class EventRefused extends Error {
  override readonly name = 'EventRefused';
}

/** The bus that AWS's own services put their events on, one in every account and region. */
export const defaultBus = (account: string, region: string): string =>
  `arn:aws:events:${region}:${account}:event-bus/default`;

/**
 * EventBridge in every account: events of AWS's services come to the default bus, rules hand them to functions or
 * forward them to other buses. At least once, later, in no particular order: the knobs make it as bad as it may be.
 */
export class EventBus {
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #rules: Rule[] = [];
  /** Milliseconds from an event to its arrival at a rule's target. */
  delay = 500;
  /** Loses every event. */
  dropAll = false;
  #drops = 0;
  #duplicates = 0;

  constructor(clock: Clock, journal: Journal) {
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

  /** Takes an event of one of AWS's services, which arrives later, or never. */
  readonly put = (event: BusEvent): void => {
    for (const rule of this.#rulesFor(event, defaultBus(event.account, event.region))) {
      if (this.dropAll || this.#drops > 0) {
        if (!this.dropAll) this.#drops -= 1;
        this.#record(event, 0, rule, 'lost');
        continue;
      }
      const copies = this.#duplicates > 0 ? 2 : 1;
      this.#duplicates -= copies - 1;
      for (let copy = 0; copy < copies; copy += 1) {
        this.#clock.after(this.delay, `event ${event['detail-type']}`, () =>
          this.#deliver(event, rule, copy === 0 ? 'delivered' : 'delivered again'),
        );
      }
    }
  };

  /** Takes what a rule of another bus forwards. */
  async forward(event: BusEvent, bus: string): Promise<void> {
    for (const rule of this.#rulesFor(event, bus)) await this.#deliver(event, rule, 'delivered');
  }

  /** Has a schedule's event delivered at once. */
  async tick(event: BusEvent, rule: Pick<Rule, 'name' | 'target'>): Promise<void> {
    await this.#deliver(event, rule, 'delivered');
  }

  #rulesFor(event: BusEvent, bus: string): Rule[] {
    return this.#rules.filter((rule) => rule.bus === bus && matchesEvent(rule.pattern, { ...event }));
  }

  async #deliver(event: BusEvent, rule: Pick<Rule, 'name' | 'target'>, outcome: string): Promise<void> {
    try {
      await rule.target(structuredClone(event));
      this.#record(event, 200, rule, outcome);
    } catch (error) {
      if (!(error instanceof EventRefused)) throw error;
      this.#record(event, 403, rule, error.message);
    }
  }

  #record(event: BusEvent, status: number, { name: rule }: Pick<Rule, 'name'>, outcome: string): void {
    this.#journal.record({
      at: this.#clock.now(),
      caller: event.account,
      service: 'events',
      operation: event['detail-type'],
      status,
      detail: { id: event.id, rule, resource: event.resources[0], outcome },
    });
  }
}
