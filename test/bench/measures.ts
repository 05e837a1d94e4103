import type { Measure } from './measure';
import { scale } from './scale/measures';
import { coldLoads } from './speed/cold-load';
import { overHttp } from './speed/over-http';
import { refusals } from './speed/refusing';
import { verifications } from './speed/verifying';
import { warmOperations } from './speed/warm-operation';

/** Every measure, in the order of the table. */
export const MEASURES: readonly Measure[] = [
  ...coldLoads,
  ...verifications,
  ...refusals,
  ...warmOperations,
  overHttp,
  ...scale,
];
