import { createHmac, randomBytes } from 'node:crypto';

/**
 * Bytes that are drawn while acts are done: what one act draws follows from the seed and from its place among all acts, so
 * that a replay draws the same, whatever else was drawn in between.
 */
export const createDraws = (seed: Buffer = randomBytes(32)) => {
  let place = 0;
  let drawn = 0;
  return {
    /** @param act its place, from 1 on; 0 is the start of the sandbox */
    during: (act: number): void => {
      place = act;
      drawn = 0;
    },
    bytes: (count: number): Buffer => {
      const blocks: Buffer[] = [];
      for (let size = 0; size < count; size += 32) {
        blocks.push(createHmac('sha256', seed).update(`${place}/${drawn++}`).digest());
      }
      return Buffer.concat(blocks).subarray(0, count);
    },
  };
};
export type Draws = ReturnType<typeof createDraws>;
