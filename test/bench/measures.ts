import type { Measure } from './measure';
import { scale } from './scale/measures';
import { coldLoads } from './speed/cold-load';
import { refusals } from './speed/refusing';
import { verifications } from './speed/verifying';

/** Every measure, in the order of the table. */
export const MEASURES: readonly Measure[] = [...coldLoads, ...verifications, ...refusals, ...scale];
