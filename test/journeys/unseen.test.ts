import type { Withheld } from '../sandbox/atlassian/people';
import { atTheConsole } from './gate-journey';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/*
 * Jira says the same of what was deleted and of what the app may not see. Somebody changes a permission scheme, or gives issues a
 * security level, and changes it back: nothing may be lost by that.
 */

/** What an administrator may take from the app, so that Jira does not show it a request. */
const WITHHELD = ['BROWSE_PROJECTS', 'issues'] as const satisfies readonly Withheld[];

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterEach(() => {
  journey.sandbox.faults.clear();
  for (const withheld of WITHHELD) journey.sandbox.site.giveBackToApp(withheld);
});
afterAll(() => journey.sandbox.close());

const ended = async (key: string, state: string, within: number): Promise<void> => {
  await journey.reaches(key, state, within);
  const { status } = journey.sandbox.site.request(key);
  expect([key, status]).toEqual([key, 'Done']);
  const comments = [...journey.comments(key), ...journey.comments(key, 'internal')];
  expect(new Set(comments).size).toBe(comments.length);
};

/** Approves and launches while the app sees everything, until AWS is at work. @returns its key */
const underWay = async (): Promise<string> => {
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'provisioning', MINUTE);
  return key;
};

test.each(WITHHELD)(
  'what the app may not see for ten minutes, by %s, comes to its end all the same',
  async (withheld) => {
    const { site, clock, faults } = journey.sandbox;
    const console = atTheConsole(journey);
    const gate = await console.launch(withheld === 'issues' ? 'blog' : 'shop');
    const undecided = await journey.raise();
    const onItsWay = await journey.raise();
    const launched = await underWay();
    faults.plan('bridge', 'POST /webhook', 'unreachable', 2);
    await journey.approve(onItsWay);
    await journey.reaches(onItsWay, 'sending', MINUTE);

    site.withholdFromApp(withheld);
    const raised = journey.submit();
    await journey.approve(undecided);
    await journey.approve(gate);
    await clock.advance(10 * MINUTE);
    expect(['provisioning', 'sending', 'awaiting-approval', 'awaiting-approval']).toEqual(
      [launched, onItsWay, undecided, gate].map(journey.state),
    );
    expect([onItsWay, undecided, gate].map(journey.deliveries)).toEqual([0, 0, 0]);

    site.giveBackToApp(withheld);
    for (const key of [launched, onItsWay, undecided]) await ended(key, 'succeeded', 15 * MINUTE);
    await ended(gate, 'succeeded', HOUR);
    await journey.reaches(raised, 'awaiting-approval', 15 * MINUTE);
    for (const key of [launched, onItsWay, undecided]) expect(journey.launches(key)).toHaveLength(1);
  },
);
