import type { Measure } from './measure';
import { scale } from './scale/measures';
import { coldLoads } from './speed/cold-load';

/** Every measure, in the order of the table. */
export const MEASURES: readonly Measure[] = [...coldLoads, ...scale];
