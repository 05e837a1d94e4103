import type { Patch } from '../build';

/** One decision of the product taken wrongly. */
export interface SeededBug {
  readonly name: string;
  readonly patches: readonly Patch[];
}

export const SEEDED_BUGS: readonly SeededBug[] = [];
