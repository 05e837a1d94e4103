import type { Patch } from '../build';
import type { Scenario } from '../scenarios';

/** One decision of the product taken wrongly. */
export interface SeededBug {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** The path whose crash points find it; random schedules do where this is absent. */
  readonly crashPointsOf?: Scenario;
}
