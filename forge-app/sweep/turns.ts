import type { InFlight } from '../storage/in-flight';

const MINUTE = 60_000;
const LONGEST = 60 * MINUTE;

/** When to look again at a request whose last looks came to nothing; soon at first, then hourly. */
export const nextTry = (failures: number, now: Date): string =>
  new Date(now.getTime() + Math.min(LONGEST, 5 * MINUTE * 2 ** Math.min(failures, 10))).toISOString();

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
