import { createRandom } from '../sandbox/random';

/** Repeatable chance. */
export interface Chance {
  /** A whole number from 0 to just below `limit`. */
  readonly below: (limit: number) => number;
}

/** @param seed any whole number; the same one gives the same chance */
export const createChance = (seed: number): Chance => {
  const random = createRandom(seed);
  return { below: (limit) => Math.floor(random() * limit) };
};

export const oneOf = <Item>(chance: Chance, items: readonly Item[]): Item => {
  const item = items[chance.below(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from');
  return item;
};
