import type { Measure } from './measure';

/** Every measure, in the order of the table. */
export const MEASURES: readonly Measure[] = [];
