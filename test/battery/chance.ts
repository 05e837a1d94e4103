/** Repeatable chance. */
export interface Chance {
  /** A whole number from 0 to just below `limit`. */
  readonly below: (limit: number) => number;
}

/** @param seed any whole number; the same one gives the same chance (mulberry32) */
export const createChance = (seed: number): Chance => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (limit) => Math.floor(next() * limit) };
};

export const oneOf = <Item>(chance: Chance, items: readonly Item[]): Item => {
  const item = items[chance.below(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from');
  return item;
};
