import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { OperationId } from '../contract/identifiers';
import type { Registration } from '../runtime/gate-items';
import { briefly } from './retries';
import type { Steps } from './steps';
import type { RegisterWaiter } from './waiters-port';

/** Milliseconds that an entry of the waiters' table outlives its time limit: its steps may take a while. */
const WAITER_MARGIN = 3_600_000;
/** Seconds that a round lasts at most in which nobody could be registered: no event ends it. */
const UNHEARD = 300;

/** Something to wait for, a round at a time. */
export interface Rounds<End> {
  readonly operationId: OperationId;
  /** What wakes: the name of the callbacks and, after "for", of the registrations. */
  readonly event: string;
  /** As waiterKey writes it. */
  readonly stack: string;
  readonly most: number;
  /** Rounds that the operation may have waited for something else before. */
  readonly before: number;
  /**
   * Begins a round.
   * @param heard whether an event ended the round before; undefined in the first
   * @returns the seconds that the round lasts at most, or the end of it all
   */
  readonly begin: (n: number, heard: boolean | undefined) => Promise<number | { readonly end: End }>;
  /** Where else the round's callback is to be known. */
  readonly alsoRegister?: (registration: Registration) => Promise<void>;
  /** Looks at what it is all about, once in a round. */
  readonly look: (n: number) => Promise<{ readonly end: End } | undefined>;
}

/**
 * Waits for something by rounds: register, look, wait for an event or a time limit.
 *
 * Registering comes before looking: whatever changes after the look finds somebody registered. An event says only
 * "look again"; without one the time limit says it, so a lost event costs time and nothing else.
 *
 * Stack events can be forged, so they can only use up half of the rounds; the others last their time.
 *
 * @returns the end that it came to; undefined where it came to none in all its rounds
 */
export const createRounds =
  (
    durable: { readonly context: Pick<DurableContext, 'createCallback'>; readonly steps: Steps },
    ports: { readonly registerWaiter: RegisterWaiter; readonly now: () => Date },
  ) =>
  async <End>(rounds: Rounds<End>): Promise<End | undefined> => {
    const { operationId, event, stack } = rounds;
    let heard: boolean | undefined;
    for (let n = 1; n <= rounds.most; n++) {
      const seconds = await rounds.begin(n, heard);
      if (typeof seconds !== 'number') return seconds.end;
      const [woken, callbackId] = await durable.context.createCallback(`${event} ${n}`, {
        timeout: { seconds },
      });
      const registered = await durable.steps.tryTo(`register for ${event} ${n}`, briefly, async () => {
        const expiresAt = new Date(ports.now().getTime() + seconds * 1000 + WAITER_MARGIN);
        const round = rounds.before + n;
        if (n <= rounds.most / 2) {
          await ports.registerWaiter({ stack, callbackId, operationId, round, expiresAt });
        }
        await rounds.alsoRegister?.({ callbackId, round });
        return true;
      });
      const seen = await rounds.look(n);
      if (seen) return seen.end;
      const ends =
        registered || seconds <= UNHEARD
          ? woken
          : (
              await durable.context.createCallback(`${event} ${n}, unheard`, {
                timeout: { seconds: UNHEARD },
              })
            )[0];
      heard = await ends.then(
        () => true,
        () => false,
      );
    }
    return undefined;
  };
