import { NEXT_SWEEP } from '../request/look-at';
import type { InFlight } from '../storage/in-flight';

const MINUTE = 60_000;
const LONGEST = 60 * MINUTE;
/** Looks that are tried as often as there are sweeps: half an hour of trouble is made up for with the first sweep after it. */
const SOON = 6;

/** When to look again at a request whose last looks came to nothing; with the next sweep at first, in the end hourly. */
export const nextTry = (failures: number, now: Date): string => {
  const growing = NEXT_SWEEP * 2 ** Math.min(10, Math.max(0, failures - SOON));
  return new Date(now.getTime() + Math.min(LONGEST, growing)).toISOString();
};

/**
 * The order in which requests are looked at: those first that have waited longest, but however many of them failed
 * before, two of three turns belong to the others.
 */
export const inTurns = (due: readonly InFlight[]): readonly InFlight[] => {
  const oldest = [...due].sort((a, b) => (a.lookAt < b.lookAt ? -1 : 1));
  const sound = oldest.filter(({ failures }) => failures === 0);
  const failing = oldest.filter(({ failures }) => failures > 0);
  const turns: InFlight[] = [];
  for (let turn = 0; turns.length < oldest.length; turn += 1) {
    turns.push(...sound.slice(2 * turn, 2 * turn + 2), ...failing.slice(turn, turn + 1));
  }
  return turns;
};
