import type { Bridge } from './baselines/bridges';
import type { Figures } from './baselines/figures';
import { createDraw } from './draw';
import { type Faults, type Met, noFaults, plannedFaults, randomFaults } from './faults';
import { createInspection, type Violation } from './invariants';
import { letPeopleLoose } from './people';
import { inScenario, type Scenario } from './scenarios';
import { enter, leave } from './world/time';
import { connect } from './world/wires';
import { createWorld, drawWeather } from './world/world';

const MINUTE = 60_000;

/** Which schedule, and what of it is left in. */
export interface ScheduleRequest {
  readonly seed: number;
  /** What people do, where that is not drawn. */
  readonly scenario?: Scenario;
  /** The only things that are not as they should be: acts of people, parts of the weather, faults; all where absent. */
  readonly keeps?: { readonly parts: readonly string[]; readonly faults: readonly Met[] };
  /** To compare bridges, where there are launches only: whose it is that stands in the world, and gets figures. */
  readonly bridge?: Bridge;
}

export interface ScheduleOutcome {
  readonly request: ScheduleRequest;
  readonly violations: readonly Violation[];
  readonly met: readonly Met[];
  /** Acts and parts of the weather that it had. */
  readonly parts: readonly string[];
  /** Places that were passed, in their order, where they were asked for. */
  readonly places: readonly string[];
  readonly calls: number;
  readonly operations: number;
  /** Milliseconds from the faults' end, or what happened last in AWS, until everything was as it has to be; the longest. */
  readonly longest: number;
  /** Where bridges are compared; then nothing is a violation. */
  readonly figures?: Figures;
}

/** Runs one schedule from its beginning to where nothing happens any more, and looks at what has come of it. */
export const runSchedule = async (
  request: ScheduleRequest,
  {
    trace,
    withPlaces = false,
  }: { readonly trace?: (line: string) => void; readonly withPlaces?: boolean | undefined } = {},
): Promise<ScheduleOutcome> => {
  const { seed, scenario, keeps, bridge } = request;
  const draw = inScenario(createDraw(seed), scenario);
  const wanted = keeps && new Set(keeps.parts);
  const kept = new Set<string>();
  const compared =
    bridge && (await import('./baselines/comparison').then((all) => all.createComparison(bridge, draw)));
  const isKept = (part: string): boolean => {
    const there = (wanted?.has(part) ?? true) && (compared?.isComparable(part) ?? true);
    if (there) kept.add(part);
    return there;
  };
  const span = (10 + 20 * draw('span')) * MINUTE;
  const faults = (lasts: () => boolean): Faults => {
    if (!keeps) return randomFaults(draw, lasts);
    return keeps.faults.length > 0 ? plannedFaults(keeps.faults) : noFaults;
  };
  const world = createWorld({
    ...{ seed, weather: drawWeather(seed, isKept), faults, faultsEnd: span, trace },
    otherBridge: compared?.otherBridge,
  });
  connect(compared?.watched(world.wires) ?? world.wires);
  enter(world);
  try {
    const wishes = letPeopleLoose(world, { draw, keeps: isKept, span });
    const figures = await compared?.figuresOf(world, wishes);
    const { violations, longest } = figures
      ? { violations: [], longest: 0 }
      : await createInspection(world, wishes).settle();
    const { met, places } = world.platform;
    return {
      ...{ request, violations, longest, met, parts: [...kept], places: withPlaces ? places : [] },
      ...{ calls: world.platform.calls(), operations: wishes.length },
      ...(figures && { figures }),
    };
  } finally {
    leave();
    connect(undefined);
  }
};
