import { REQUEST_TYPE } from '../sandbox/site';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

// The sweep is what is left when everything else has failed: whatever stands in its way, it gets on.

let journey: Journey | undefined;
const start = async (): Promise<Journey> => (journey = await startJourney());
afterEach(async () => {
  journey?.sandbox.faults.clear();
  await journey?.sandbox.close();
  journey = undefined;
});

/** Something in the index of requests under way. */
const entry = ({ sandbox }: Journey, issueId: string, lookAt: number): void =>
  sandbox.atlassian.storage.set(
    'plain',
    `inflight:${issueId}`,
    { lookAt: new Date(sandbox.clock.now().getTime() + lookAt).toISOString() },
    undefined,
  );

const sweeps = (walk: Journey): number =>
  walk.sandbox.journal.of('jira', 'POST /rest/api/3/search/jql').length;

test('requests whose look always fails keep no other one from being looked for', async () => {
  const walk = await start();
  for (const issueId of Array.from({ length: 30 }, (_, index) => `9${1000 + index}`)) {
    walk.sandbox.atlassian.storage.set('entity:request', issueId, { revision: 'x', record: {} }, undefined);
    entry(walk, issueId, -HOUR);
  }
  walk.sandbox.atlassian.events.dropNext(1);
  const missed = walk.submit();
  await walk.sandbox.clock.until(() => walk.state(missed) !== undefined, HOUR, 'a state');
  walk.sandbox.atlassian.events.dropNext(10);
  await walk.approve(missed);
  await walk.reaches(missed, 'succeeded', 3 * HOUR);
});

test('a request whose event was lost in an outage of many hours is found after it', async () => {
  const walk = await start();
  walk.sandbox.faults.plan('jira', 'POST /rest/api/3/search/jql', 'failed', 100);
  walk.sandbox.atlassian.events.dropNext(1);
  const key = walk.submit();
  await walk.sandbox.clock.advance(7 * HOUR);
  expect(walk.state(key)).toBeUndefined();
  walk.sandbox.faults.clear();
  await walk.sandbox.clock.until(() => walk.state(key) === 'awaiting-approval', 15 * MINUTE, 'a state');
});

test('what needs nobody’s approval is handed over by the very sweep that finds it', async () => {
  const walk = await start();
  walk.sandbox.atlassian.events.dropNext(1);
  const key = walk.submit(walk.form(), { requestTypeId: REQUEST_TYPE.unapproved });
  await walk.sandbox.clock.until(() => walk.state(key) !== undefined, 10 * MINUTE, 'a state');
  await walk.sandbox.clock.until(() => walk.state(key) === 'provisioning', MINUTE, 'the launch');
});

test('whoever approved before the order was shown is told so by the sweep that shows it', async () => {
  const walk = await start();
  walk.sandbox.atlassian.events.dropNext(10);
  const key = walk.submit();
  await walk.approve(key);
  await walk.sandbox.clock.until(() => walk.state(key) !== undefined, 10 * MINUTE, 'a state');
  await walk.sandbox.clock.until(() => walk.state(key) === 'blocked', MINUTE, 'the reason');
});

test('eight requests whose events were lost are taken up by one sweep and those that follow it', async () => {
  const walk = await start();
  walk.sandbox.atlassian.events.dropNext(8);
  const keys = Array.from({ length: 8 }, (_, index) =>
    walk.submit(walk.form({ name: `team-data-${index}` })),
  );
  const taken = () => keys.every((key) => walk.state(key) === 'awaiting-approval');
  await walk.sandbox.clock.until(taken, 10 * MINUTE, 'all states');
});

test('a look that came to nothing is repeated by the very next sweep', async () => {
  const walk = await start();
  walk.sandbox.atlassian.storage.set('entity:request', '91000', { revision: 'x', record: {} }, undefined);
  entry(walk, '91000', -HOUR);
  await walk.sandbox.clock.advance(23 * MINUTE);
  expect(sweeps(walk)).toBeGreaterThanOrEqual(4);
  expect(walk.sandbox.atlassian.storage.get('plain', 'inflight:91000')).toMatchObject({
    value: { failures: sweeps(walk) },
  });
});

test('a bridge that is down for five hours holds up nothing else, and everything ends afterwards', async () => {
  const walk = await start();
  const under = Array.from({ length: 10 }, (_, index) =>
    walk.submit(walk.form({ name: `team-data-${index}` }), { requestTypeId: REQUEST_TYPE.unapproved }),
  );
  for (const key of under) await walk.reaches(key, 'provisioning');
  walk.sandbox.faults.plan('bridge', 'POST /webhook', 'unreachable', 10_000);
  walk.sandbox.faults.plan('web trigger', 'bridge-callback', 'unreachable', 10_000);
  await walk.sandbox.clock.advance(HOUR);

  const asked = walk.sandbox.journal.of('bridge', 'POST /webhook').length;
  const swept = sweeps(walk);
  walk.sandbox.atlassian.events.dropNext(1);
  const missed = walk.submit();
  await walk.sandbox.clock.until(() => walk.state(missed) !== undefined, 15 * MINUTE, 'a state');
  await walk.sandbox.clock.advance(4 * HOUR);
  expect(walk.sandbox.journal.of('bridge', 'POST /webhook').length - asked).toBeLessThanOrEqual(
    sweeps(walk) - swept + 1,
  );

  walk.sandbox.faults.clear();
  await walk.approve(missed);
  for (const key of [...under, missed]) await walk.reaches(key, 'succeeded', 6 * HOUR);
  expect(walk.stacks()).toHaveLength(11);
}, 180_000);

test('twelve hundred requests that wait do not starve one that is due, nor cost anything', async () => {
  const walk = await start();
  for (let index = 0; index < 1200; index += 1) entry(walk, `0${10_000 + index}`, 30 * 24 * HOUR);
  const key = await walk.raise();
  walk.sandbox.atlassian.events.dropNext(10);
  await walk.approve(key);
  await walk.reaches(key, 'succeeded', 2 * HOUR);
  const pages = walk.sandbox.journal.of('forge kvs', 'query').length;
  expect(pages).toBeLessThanOrEqual(10 * sweeps(walk));
  expect(walk.sandbox.atlassian.storage.get('plain', 'inflight:010000')).toBeDefined();
}, 30_000);
