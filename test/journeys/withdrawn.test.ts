import { STATUS } from '../sandbox/atlassian/workflow';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/*
 * Invariant 1 for as long as it takes: what is launched is stood behind when it is sent, not only when it was approved.
 * Invariant 9: whoever took it back, and whoever waits for it, reads what came of it.
 */

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterEach(() => journey.sandbox.faults.clear());
afterAll(() => journey.sandbox.close());

const move = (key: string, to: string) => journey.sandbox.site.transition({ as: 'agent', key, to });
const breakBridge = () => journey.sandbox.faults.plan('bridge', 'POST /webhook', 'unreachable', 10_000);

/** Approves a request while the bridge cannot be reached. @returns its key */
const approvedInVain = async (): Promise<string> => {
  const key = await journey.raise();
  breakBridge();
  await journey.approve(key);
  await journey.reaches(key, 'sending', MINUTE);
  await journey.sandbox.clock.advance(10 * MINUTE);
  return key;
};

/** Sees for three more hours that nothing is launched, and in the end nobody was told otherwise. */
const neverLaunched = async (key: string): Promise<void> => {
  await journey.sandbox.clock.advance(3 * HOUR);
  expect([journey.entries(key), journey.launches(key).length]).toEqual([0, 0]);
  expect(journey.comments(key).join('\n')).not.toMatch(/Your product is ready|AWS accepted/);
  expect(journey.comments(key).join('\n')).toMatch(/[Nn]othing was launched/);
};

test('an approval that is followed by a decline while the bridge is down launches nothing when it is back', async () => {
  const key = await approvedInVain();
  const tried = journey.deliveries(key);
  await move(key, STATUS.awaitingApproval);
  await journey.decline(key);
  await journey.sandbox.clock.advance(HOUR);
  expect(journey.state(key)).toBe('sending');
  expect(journey.comments(key).at(-1)).toMatch(/not sent to AWS any more.*Whether AWS has taken it/s);
  expect(journey.deliveries(key)).toBe(tried);
  journey.sandbox.faults.clear();
  await journey.reaches(key, 'declined');
  expect(journey.comments(key).at(-1)).toMatch(/was declined\. Nothing was launched/);
  await neverLaunched(key);
  expect(journey.deliveries(key)).toBe(tried);
});

test('a start that AWS held in a queue until after the decline is followed to its end, and people are told', async () => {
  const { clock, faults, aws } = journey.sandbox;
  const key = await journey.raise();
  aws.lambda.queueStarts(() => HOUR);
  faults.plan('bridge', 'POST /webhook', 'answer lost');
  await journey.approve(key);
  await clock.until(() => faults.met > 0, MINUTE, 'the hand-over');
  await move(key, STATUS.awaitingApproval);
  await journey.decline(key);
  aws.lambda.queueStarts(() => 0);
  await journey.reaches(key, 'declined', 30 * MINUTE);
  expect(journey.comments(key).join('\n')).toMatch(/Nothing was launched/);
  await clock.advance(HOUR);
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
  expect(journey.comments(key).join('\n')).toMatch(/AWS had taken this order before it was called off/);
});

test.each([STATUS.declined, STATUS.failed, STATUS.done])(
  'a request that is closed as %s while the bridge is down is not launched when it is back',
  async (status) => {
    const key = await approvedInVain();
    await move(key, status);
    await journey.sandbox.clock.advance(MINUTE);
    journey.sandbox.faults.clear();
    await journey.reaches(key, 'blocked');
    expect(journey.comments(key).at(-1)).toMatch(/closed before the launch began/);
    await neverLaunched(key);
  },
);

test.each([STATUS.failed, STATUS.done])(
  'a request that is closed as %s right after its approval is not launched',
  async (status) => {
    const key = await journey.raise();
    await journey.approve(key);
    await move(key, status);
    await journey.reaches(key, 'blocked', MINUTE);
    await neverLaunched(key);
    expect(journey.deliveries(key)).toBe(0);
  },
);

test('a withdrawal whose event is lost is noticed by the next attempt', async () => {
  const key = await approvedInVain();
  journey.sandbox.atlassian.events.dropNext();
  await move(key, STATUS.declined);
  journey.sandbox.faults.clear();
  await journey.reaches(key, 'blocked');
  await neverLaunched(key);
});

test('a withdrawal that comes after the bridge has taken the order, unknown to the app, says that it is too late', async () => {
  const key = await journey.raise();
  journey.sandbox.faults.plan('bridge', 'POST /webhook', 'answer lost');
  journey.sandbox.faults.plan('web trigger', 'bridge-callback', 'unreachable', 8);
  await journey.approve(key);
  await journey.sandbox.clock.until(() => journey.deliveries(key) > 0, MINUTE, 'a delivery');
  await move(key, STATUS.declined);
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
  expect(journey.comments(key).join('\n')).toMatch(/AWS had taken this order before it was called off/);
  expect(journey.comments(key, 'internal').join('\n')).toMatch(/terminate the provisioned product/);
});

test('a request that is sent back while the bridge is down is launched once, by its new approval', async () => {
  const key = await approvedInVain();
  await move(key, STATUS.awaitingApproval);
  await journey.sandbox.clock.advance(MINUTE);
  journey.sandbox.faults.clear();
  await journey.reaches(key, 'awaiting-approval');
  expect(journey.comments(key).at(-1)).toMatch(/had not reached AWS: nothing was launched/);
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
});

test('a stuck delivery is not resumed by moving a request to Approved whose last round was declined', async () => {
  const key = await approvedInVain();
  await journey.reaches(key, 'stuck', 30 * HOUR);
  await move(key, STATUS.awaitingApproval);
  await journey.decline(key);
  await move(key, STATUS.approved);
  journey.sandbox.faults.clear();
  await journey.reaches(key, 'declined');
  await neverLaunched(key);
}, 60_000);

test('a stuck delivery is resumed by moving the request out of Approved and back while its approval stands', async () => {
  const key = await approvedInVain();
  await journey.reaches(key, 'stuck', 30 * HOUR);
  const told = journey.comments(key).filter((comment) => comment.includes('has not reached AWS yet'));
  expect(told).toHaveLength(1);
  expect(journey.comments(key, 'internal').at(-1)).toMatch(/out of the approved status and back into it/);
  journey.sandbox.faults.clear();
  await move(key, STATUS.failed);
  await move(key, STATUS.approved);
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
}, 60_000);
