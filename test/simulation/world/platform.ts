import { AsyncLocalStorage } from 'node:async_hooks';
import type { Draw } from '../draw';
import type { CallFault, Faults, Met } from '../faults';
import type { SimulatedTime } from './time';

/** An invocation of a function has come to an end that is not its own: it died, or the platform takes it for dead. */
export class InvocationLost extends Error {
  override readonly name = 'InvocationLost';
}

/** A connection broke: nobody knows whether what was asked for was done. */
export class ConnectionBroken extends TypeError {
  readonly code = 'ECONNRESET';
  constructor() {
    super('fetch failed');
  }
}

/** One run of a function, as the platform that runs it sees it. */
interface Invocation {
  readonly label: string;
  alive: boolean;
  /** Milliseconds that it may take. */
  readonly limit: number;
  /** Ends it for the platform, dead or not. */
  readonly lose: (why: string) => void;
}

/** A call that crosses a wire. */
export interface Crossing<Answer> {
  readonly service: string;
  readonly operation: string;
  readonly act: () => Answer | Promise<Answer>;
  /** How the service says that it throttles or fails: an answer, or an error that is thrown. */
  readonly throttled: () => Answer;
  readonly failed: () => Answer;
}

const isDead = (caller: Invocation | undefined): boolean => caller?.alive === false;

const never = <Answer>(): Promise<Answer> => new Promise(() => undefined);

/** Milliseconds that a call takes there, and as much back; and longer ones. */
const QUICK = 40;
const SLOW = 9_000;
/** Milliseconds until a caller gives up a call that is not answered. */
const GIVES_UP = 10_000;
/** Milliseconds by which the call of an invocation that outlives its end is late. */
const OUTLIVES = 45_000;

const invocations = new AsyncLocalStorage<Invocation>();

/**
 * What functions run on: it starts them, loses them, and carries their calls, all of which may go wrong.
 *
 * The same code path meets the same place under the same name in every run, so a fault can be repeated, and left out
 * without moving the others.
 */
export const createPlatform = (parts: {
  readonly time: SimulatedTime;
  readonly draw: Draw;
  readonly faults: Faults;
  /** Milliseconds until the platform notices that an invocation has died. */
  readonly noticedAfter: number;
  readonly trace: ((line: string) => void) | undefined;
}) => {
  const { time, draw, faults, noticedAfter, trace } = parts;
  const counts = new Map<string, number>();
  const met: Met[] = [];
  const places: string[] = [];
  let calls = 0;

  const counted = (name: string): string => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name} #${count}`;
  };

  const note = (place: string, fault: Met['fault'] | undefined): void => {
    if (fault) met.push({ place, fault });
    trace?.(`${place}${fault ? `  ** ${fault} **` : ''}`);
  };

  const cross = async <Answer>(crossing: Crossing<Answer>): Promise<Answer> => {
    const caller = invocations.getStore();
    if (isDead(caller)) return never();
    const place = counted(`${caller?.label ?? 'people'} > ${crossing.service} ${crossing.operation}`);
    const fault = caller && faults.ofCall(place);
    calls += 1;
    if (caller) places.push(place);
    note(place, fault);

    const end = (why: string, dead: boolean): void => {
      if (!caller) return;
      const lose = () => caller.lose(`${why} at ${place}`);
      if (dead) caller.alive = false;
      if (dead && noticedAfter > 0) time.after(Math.min(noticedAfter, caller.limit), 'noticing', lose);
      else lose();
    };
    const way =
      QUICK * (0.5 + draw(`way of ${place}`)) + (fault === 'slow' ? SLOW * draw(`slowness of ${place}`) : 0);

    if (fault === 'dies before') {
      end('died', true);
      return never();
    }
    if (fault === 'outlived before') end('taken for dead', false);
    await time.sleep(fault === 'outlived before' ? OUTLIVES * draw(`lateness of ${place}`) : way);
    const outcome = await settled(fault === undefined ? crossing.act : spoilt(crossing, fault));
    if (fault === 'dies after') {
      end('died', true);
      return never();
    }
    if (fault === 'outlived after') end('taken for dead', false);
    await time.sleep(fault === 'outlived after' ? OUTLIVES * draw(`lateness of ${place}`) : way);
    if (fault === 'unreachable' || fault === 'answer lost') await time.sleep(GIVES_UP);
    if (isDead(caller)) return never();
    if (fault === 'answer lost') throw new ConnectionBroken();
    if ('error' in outcome) throw outcome.error;
    return outcome.answer;
  };

  return {
    cross,

    /**
     * Runs a function.
     * @param limit milliseconds after which the platform ends it
     * @throws InvocationLost, and what the function throws
     */
    run: <Result>(label: string, limit: number, run: () => Promise<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        const invocation: Invocation = {
          label,
          alive: true,
          limit,
          lose: (why) => reject(new InvocationLost(why)),
        };
        let open = true;
        time.after(limit, 'time limit', () => {
          if (!open) return;
          invocation.alive = false;
          invocation.lose('ran out of time');
        });
        trace?.(`-- ${label}`);
        const ended = (end: () => void): void => {
          open = false;
          if (invocation.alive) end();
        };
        invocations.run(invocation, run).then(
          (result) => ended(() => resolve(result)),
          (error: unknown) => ended(() => reject(error instanceof Error ? error : new Error(String(error)))),
        );
      }),

    /** Sends a message that nobody waits for: it may be lost, come twice, or late. @param arrive is called once a copy */
    send: (name: string, delay: number, arrive: () => unknown): void => {
      const place = counted(name);
      const fault = faults.ofMessage(place);
      places.push(place);
      note(place, fault);
      if (fault === 'lost') return;
      const late = fault === 'late' ? 600_000 * draw(`lateness of ${place}`) : 0;
      time.after(delay * (0.5 + draw(`way of ${place}`)) + late, name, () => outside(arrive));
      if (fault === 'doubled') {
        time.after(delay + 60_000 * draw(`second copy of ${place}`), name, () => outside(arrive));
      }
    },

    /** Faults that were met with, in their order. */
    met: met as readonly Met[],
    /** Every place that was passed, in its order. */
    places: places as readonly string[],
    calls: (): number => calls,
  };
};
export type Platform = ReturnType<typeof createPlatform>;

/** What follows belongs to no invocation, whoever caused it. */
export const outside = <Result>(run: () => Result): Result => invocations.exit(run);

/** What reaches the service where something goes wrong on the way there, and what it answers. */
const spoilt = <Answer>(
  { act, throttled, failed }: Crossing<Answer>,
  fault: CallFault,
): (() => Answer | Promise<Answer>) => {
  if (fault === 'throttled') return throttled;
  if (fault === 'failed') return failed;
  if (fault === 'unreachable') return () => Promise.reject(new ConnectionBroken());
  return act;
};

const settled = async <Answer>(
  act: () => Answer | Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly error: unknown }> => {
  try {
    return { answer: await outside(act) };
  } catch (error) {
    return { error };
  }
};
