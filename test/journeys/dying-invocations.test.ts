import type { Fault } from '../sandbox/faults';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

// Invariants 3 and 4: an invocation may die between any two steps.

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterEach(() => journey.sandbox.faults.clear());
afterAll(() => journey.sandbox.close());

/** Everything that the app's functions call, and everything that the bridge's functions call. */
const APP = ['jira', 'forge kvs', 'forge queue', 'forge remote'];
const BRIDGE = ['lambda', 'sts', 'servicecatalog', 'dynamodb', 'web trigger'];

/**
 * Launches again and again; each time the next request breaks that anybody in `services` is sent, until a launch has
 * fewer requests than that.
 */
const launchesWhateverBreaks = async (services: readonly string[], fault: Fault): Promise<number> => {
  const { faults, clock } = journey.sandbox;
  for (let spared = 0; ; spared += 1) {
    const key = await journey.raise();
    const before = journey.stacks().length;
    await journey.approve(key);
    faults.planAfter(spared, services, fault);
    await journey.reaches(key, 'succeeded', 6 * HOUR);
    const { spent } = faults;
    faults.clear();
    await clock.advance(10 * MINUTE);
    expect({ spared, stacks: journey.stacks().length - before }).toEqual({ spared, stacks: 1 });
    const comments = journey.comments(key);
    expect({ spared, repeated: comments.length - new Set(comments).size }).toEqual({ spared, repeated: 0 });
    expect({ spared, status: journey.sandbox.site.request(key).status }).toEqual({ spared, status: 'Done' });
    if (!spent) return spared;
  }
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
    for (let spared = 0; ; spared += 1) {
      faults.planAfter(spared, APP, fault);
      const key = await journey.raise();
      await clock.until(() => journey.comments(key).length > 0, HOUR, `a comment on ${key}`);
      await clock.advance(10 * MINUTE);
      const { spent } = faults;
      faults.clear();
      expect({ spared, state: journey.state(key), comments: journey.comments(key).length }).toEqual({
        spared,
        state: 'awaiting-approval',
        comments: 1,
      });
      if (!spent) return;
    }
  },
  120_000,
);
