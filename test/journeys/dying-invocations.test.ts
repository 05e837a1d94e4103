import type { Fault } from '../sandbox/faults';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

// Invariants 3 and 4: an invocation may die between any two steps.

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney();
});
afterEach(() => journey.sandbox.close());

/** Everything that the app's functions call, and everything that the bridge's functions call. */
const APP = ['jira', 'forge kvs', 'forge queue', 'forge remote'];
const BRIDGE = ['lambda', 'sts', 'servicecatalog', 'dynamodb', 'web trigger'];

/** What is wrong with requests that should each have been launched once and be done: nothing. */
const flaws = async (keys: readonly string[], stacksBefore: number): Promise<string[]> => {
  // Long enough for sweeps to find what was left undone, or to do something twice.
  await journey.sandbox.clock.advance(10 * MINUTE);
  const stacks = journey.stacks().length - stacksBefore;
  return [
    ...(stacks === keys.length ? [] : [`${keys.length} requests, ${stacks} stacks`]),
    ...keys.flatMap((key, spared) => {
      const { status } = journey.sandbox.site.request(key);
      const comments = journey.comments(key);
      const repeated = comments.length - new Set(comments).size;
      return status === 'Done' && repeated === 0 ? [] : [`${spared} spared: ${status}, ${repeated} repeated`];
    }),
  ];
};

/**
 * Launches again and again; each time the next request breaks that anybody in `services` is sent, until a launch has
 * fewer requests than that.
 */
const launchesWhateverBreaks = async (services: readonly string[], fault: Fault): Promise<number> => {
  const { faults } = journey.sandbox;
  const stacksBefore = journey.stacks().length;
  const keys: string[] = [];
  for (let broken = true; broken;) {
    const key = await journey.raise();
    await journey.approve(key);
    faults.planAfter(keys.length, services, fault);
    await journey.reaches(key, 'succeeded', 6 * HOUR);
    broken = faults.spent;
    faults.clear();
    keys.push(key);
  }
  expect(await flaws(keys, stacksBefore)).toStrictEqual([]);
  return keys.length;
};

test.each<Fault>(['unreachable', 'answer lost'])(
  'from approval to the end, any one request of the app may break (%s)',
  async (fault) => {
    expect(await launchesWhateverBreaks(APP, fault)).toBeGreaterThan(20);
  },
  120_000,
);

test.each<Fault>(['unreachable', 'answer lost'])(
  'from approval to the end, any one request of the bridge may break, checkpoints included (%s)',
  async (fault) => {
    expect(await launchesWhateverBreaks(BRIDGE, fault)).toBeGreaterThan(15);
  },
  120_000,
);

test.each<Fault>(['unreachable', 'answer lost'])(
  'from its creation to the question for approval, any one request of the app may break (%s)',
  async (fault) => {
    const { faults, clock } = journey.sandbox;
    const keys: string[] = [];
    for (let broken = true; broken;) {
      faults.planAfter(keys.length, APP, fault);
      const key = await journey.raise();
      await clock.until(() => journey.comments(key).length > 0, HOUR, `a comment on ${key}`);
      broken = faults.spent;
      faults.clear();
      keys.push(key);
    }
    await clock.advance(10 * MINUTE);
    expect(keys.length).toBeGreaterThan(10);
    for (const [spared, key] of keys.entries()) {
      const shown = { state: journey.state(key), comments: journey.comments(key).length };
      expect({ spared, ...shown }).toEqual({ spared, state: 'awaiting-approval', comments: 1 });
    }
  },
  120_000,
);
