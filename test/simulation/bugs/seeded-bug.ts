import type { Patch } from '../build';
import type { CallFault } from '../faults';
import type { Scenario } from '../scenarios';

/** One decision of the product taken wrongly. */
export interface SeededBug {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Where one fault alone finds it: at places of this scenario with `at` in their names. Random schedules find the others. */
  readonly within?: {
    readonly scenario: Scenario;
    readonly at: string;
    /** What goes wrong there; an invocation dies where this is absent. */
    readonly faults?: readonly CallFault[];
  };
}
