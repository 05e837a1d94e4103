import type { CallFault, Met } from './faults';
import { createProgress } from './progress';
import { add, lines, newTally, type Tally } from './report';
import type { ScheduleOutcome, ScheduleRequest } from './schedule';
import { SCENARIOS, type Scenario } from './scenarios';
import type { Workers } from './workers';

/** The ways in which an invocation comes to an end at a call of its own. */
const ENDS = [
  'dies before',
  'dies after',
  'outlived before',
  'outlived after',
] as const satisfies readonly CallFault[];

/**
 * One in which Service Catalog forgets a token at once, so that a repeat is known by its name alone, and in which a death is
 * noticed after three quarters of a minute, so that much goes on before the next invocation.
 */
const SEED = 291;
const PARTS = ['wish 1', 'decision 1', 'withdraw 1', 'weather tokenMemory', 'weather noticedAfter'];

const with_ = (scenario: Scenario, faults: readonly Met[]): ScheduleRequest => ({
  ...{ seed: SEED, scenario },
  keeps: { parts: PARTS, faults },
});

/** Places of calls; messages that nobody waits for have no caller that could die. */
const placesIn = ({ places }: ScheduleOutcome): readonly string[] =>
  places.filter((place) => place.includes(' > ') && !place.startsWith('on-sweep'));

/** A scenario's schedules with one fault, at each place of its path in turn whose name has a part. */
export const faultsOnce = async (
  workers: Workers,
  {
    scenario,
    at,
    faults = ENDS,
  }: { readonly scenario: Scenario; readonly at: string; readonly faults?: readonly CallFault[] },
): Promise<readonly ScheduleRequest[]> => {
  const { outcomes } = await workers.run({ requests: [with_(scenario, [])], withPlaces: true });
  return outcomes
    .flatMap(placesIn)
    .filter((place) => place.includes(at))
    .flatMap((place) => faults.map((fault) => with_(scenario, [{ place, fault }])));
};

/**
 * Lets an invocation die at every place of every path: once, and then, where asked for, once more at every place that is passed
 * after that.
 */
export const crashPoints = async (workers: Workers, depth: 'once' | 'pairs'): Promise<Tally> => {
  const tally = newTally();
  const progress = createProgress('crash points', undefined);
  const take = (outcome: ScheduleOutcome): void => {
    add(tally, outcome);
    progress.step();
  };
  for (const scenario of Object.keys(SCENARIOS) as Scenario[]) {
    const { outcomes } = await workers.run({ requests: [with_(scenario, [])], withPlaces: true });
    const [smooth] = outcomes;
    if (!smooth) throw new Error(`The scenario ${scenario} came to nothing`);
    take(smooth);
    const once = placesIn(smooth).flatMap((place) =>
      ENDS.map((fault) => with_(scenario, [{ place, fault }])),
    );
    const passed: ScheduleOutcome[] = [];
    await workers.runAll(
      once,
      (outcome) => {
        take(outcome);
        if (depth === 'pairs') passed.push(outcome);
      },
      { withPlaces: depth === 'pairs' },
    );
    // Whoever dies before a call has done what one did that died after the call before it. Dying before the first call of all is
    // left out: it is a message that comes again, which single crashes and random schedules have.
    const fault = 'dies after';
    const pairs = function* (): Generator<ScheduleRequest> {
      for (const outcome of passed) {
        const [first] = outcome.met;
        if (first?.fault !== fault) continue;
        const places = placesIn(outcome);
        for (const place of places.slice(places.indexOf(first.place) + 1)) {
          yield with_(scenario, [first, { place, fault }]);
        }
      }
    };
    await workers.runAll(pairs(), take);
  }
  console.log(
    `\nCrash points, ${depth === 'once' ? 'each once' : 'once and in pairs'}, ${progress.seconds().toFixed(0)} s`,
  );
  for (const line of lines(tally)) console.log(`  ${line}`);
  return tally;
};
