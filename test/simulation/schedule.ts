import { createDraw } from './draw';
import { type Faults, type Met, noFaults, plannedFaults, randomFaults } from './faults';
import { createInspection, type Violation } from './invariants';
import { letPeopleLoose } from './people';
import { connect } from './world/wires';
import { enter, leave } from './world/time';
import { createWorld, drawWeather } from './world/world';

const MINUTE = 60_000;

/** Which schedule, and what of it is left in. */
export interface ScheduleRequest {
  readonly seed: number;
  /** The only things that are not as they should be: acts of people, parts of the weather, faults; all where absent. */
  readonly keeps?: { readonly parts: readonly string[]; readonly faults: readonly Met[] };
  readonly trace?: (line: string) => void;
}

export interface ScheduleOutcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly met: readonly Met[];
  /** Acts and parts of the weather that it had. */
  readonly parts: readonly string[];
  readonly calls: number;
  readonly operations: number;
  readonly places: readonly string[];
  /** Milliseconds from the faults' end to the last operation's. */
  readonly longestAfterFaults: number;
}

/** Runs one schedule from its beginning to where nothing happens any more, and looks at what has come of it. */
export const runSchedule = async ({ seed, keeps, trace }: ScheduleRequest): Promise<ScheduleOutcome> => {
  const draw = createDraw(seed);
  const parts = new Set(keeps?.parts);
  const kept = new Set<string>();
  const isKept = (part: string): boolean => {
    const there = keeps === undefined || parts.has(part);
    if (there) kept.add(part);
    return there;
  };
  const span = (15 + 45 * draw('span')) * MINUTE;
  const faults = (lasts: () => boolean): Faults => {
    if (!keeps) return randomFaults(draw, lasts);
    return keeps.faults.length > 0 ? plannedFaults(keeps.faults) : noFaults;
  };
  const world = createWorld({ seed, weather: drawWeather(seed, isKept), faults, faultsEnd: span, trace });
  connect(world.wires);
  enter(world);
  try {
    const { wishes } = letPeopleLoose(world, { draw, keeps: isKept, span });
    const found = await createInspection(world, wishes).settle();
    return {
      ...{ seed, violations: found.violations, longestAfterFaults: found.longest },
      ...{ met: world.platform.met, parts: [...kept], places: world.platform.places },
      ...{ calls: world.platform.calls(), operations: wishes.length },
    };
  } finally {
    leave();
    connect(undefined);
  }
};
