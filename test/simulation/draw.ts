/** Chance that depends on a name only: what is drawn for one thing does not move when another one is left out. */
export type Draw = (name: string) => number;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** @returns a draw of numbers in [0, 1); the same seed and name give the same number */
export const createDraw = (seed: number): Draw => {
  const start = Math.imul(FNV_OFFSET ^ seed, FNV_PRIME) ^ Math.floor(seed / 2 ** 32);
  return (name) => {
    let hash = start;
    for (let index = 0; index < name.length; index += 1) {
      hash = Math.imul(hash ^ name.charCodeAt(index), FNV_PRIME);
    }
    // Murmur3's finish: neighbouring names are to have nothing in common.
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };
};

/** @throws RangeError where there is nothing to choose from */
export const choose = <Item>(drawn: number, items: readonly Item[]): Item => {
  if (items.length === 0) throw new RangeError('There is nothing to choose from');
  return items[Math.floor(drawn * items.length)] as Item;
};

/** A whole number from `from` to `to`. */
export const between = (drawn: number, from: number, to: number): number =>
  from + Math.floor(drawn * (to - from + 1));
