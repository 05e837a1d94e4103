import { choose, type Draw } from './draw';

/** What may go wrong with one call of a function's, as its caller meets it. */
export const CALL_FAULTS = [
  /** Answered with the service's own throttling error; nothing was done. */
  'throttled',
  /** Answered with an internal error; nothing was done. */
  'failed',
  /** It never arrived, and no answer came. */
  'unreachable',
  /** It was done, and no answer came. */
  'answer lost',
  /** The caller's invocation dies with the call unsent. */
  'dies before',
  /** The caller's invocation dies when it has been done. */
  'dies after',
  /** The platform takes the invocation for dead and goes on without it; the call arrives later, and the invocation goes on. */
  'outlived before',
  /** The same, with the call done at once and its answer late. */
  'outlived after',
  /** It takes seconds. */
  'slow',
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** What may happen to a message on its way. */
export const MESSAGE_FAULTS = ['lost', 'doubled', 'late'] as const;
export type MessageFault = (typeof MESSAGE_FAULTS)[number];

/** One thing that went wrong, by the place where it did: enough to let it go wrong there again. */
export interface Met {
  readonly place: string;
  readonly fault: CallFault | MessageFault;
}

/** Decides what goes wrong where. A place is named after who calls whom for what, and counted. */
export interface Faults {
  readonly ofCall: (place: string) => CallFault | undefined;
  readonly ofMessage: (place: string) => MessageFault | undefined;
}

export const noFaults: Faults = { ofCall: () => undefined, ofMessage: () => undefined };

/** Exactly these. */
export const plannedFaults = (planned: readonly Met[]): Faults => {
  const at = new Map(planned.map(({ place, fault }) => [place, fault]));
  const among = <Fault extends string>(faults: readonly Fault[], place: string): Fault | undefined =>
    faults.find((fault) => fault === at.get(place));
  return {
    ofCall: (place) => among(CALL_FAULTS, place),
    ofMessage: (place) => among(MESSAGE_FAULTS, place),
  };
};

/** How bad it is: the share of calls and messages that meet with a fault. */
const RATES = [0, 0.01, 0.03, 0.08, 0.2] as const;

/**
 * Faults by chance. Each schedule has a weather of its own: how often something goes wrong, and which kinds there are.
 * @param lasts whether there are faults now
 */
export const randomFaults = (draw: Draw, lasts: () => boolean): Faults => {
  const rate = choose(draw('rate of faults'), RATES);
  const some = <Fault extends string>(faults: readonly Fault[]): readonly Fault[] => {
    const there = faults.filter((fault) => draw(`weather has ${fault}`) < 0.7);
    return there.length > 0 ? there : faults;
  };
  const calls = some(CALL_FAULTS);
  const messages = some(MESSAGE_FAULTS);
  const met = <Fault extends string>(faults: readonly Fault[], place: string): Fault | undefined =>
    lasts() && draw(`fault at ${place}`) < rate ? choose(draw(`which fault at ${place}`), faults) : undefined;
  return {
    ofCall: (place) => met(calls, place),
    ofMessage: (place) => met(messages, place),
  };
};
