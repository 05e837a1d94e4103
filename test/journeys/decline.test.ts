import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/* Invariants 1 and 9 for what an approver does not want. */

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.sandbox.close());

/** Nothing but the request itself knows of it. */
const neverReachedAws = async (key: string): Promise<void> => {
  await journey.sandbox.clock.advance(2 * HOUR);
  expect([journey.deliveries(key), journey.entries(key), journey.launches(key).length]).toEqual([0, 0, 0]);
};

test('a declined request is closed with a word on what to do, and never reaches AWS', async () => {
  const { site } = journey.sandbox;
  const key = await journey.raise();
  await journey.decline(key);
  await journey.reaches(key, 'declined', MINUTE);
  expect(site.request(key).status).toBe('Declined');
  const [, comment, ...others] = journey.comments(key);
  expect(comment).toMatch(/was declined\. Nothing was launched in AWS/);
  expect(comment).toMatch(/speak with the approver, then raise a new request/);
  expect(others).toStrictEqual([]);
  await neverReachedAws(key);
  expect(journey.comments(key)).toHaveLength(2);
  expect(site.search('gatehouseState = "declined"')).toContain(key);
});

test('one approver who declines is enough', async () => {
  const key = await journey.raise(undefined, { approvers: ['approver', 'other-approver'] });
  await journey.decline(key, 'other-approver');
  await journey.reaches(key, 'declined', MINUTE);
  await expect(journey.approve(key)).rejects.toMatchObject({ status: 409 });
  await neverReachedAws(key);
});

test('a decline whose event is lost is found by the sweep', async () => {
  const key = await journey.raise();
  journey.sandbox.atlassian.events.dropNext();
  await journey.decline(key);
  await journey.sandbox.clock.advance(MINUTE);
  expect(journey.state(key)).toBe('awaiting-approval');
  await journey.reaches(key, 'declined', 15 * MINUTE);
  expect(journey.comments(key)).toHaveLength(2);
  await neverReachedAws(key);
});

test('a decline that is told twice is answered once', async () => {
  const key = await journey.raise();
  journey.sandbox.atlassian.events.duplicateNext();
  await journey.decline(key);
  await journey.reaches(key, 'declined', MINUTE);
  await neverReachedAws(key);
  expect(journey.comments(key)).toHaveLength(2);
});

test('a request that an agent closes undecided can no longer be approved, and is not launched', async () => {
  const key = await journey.raise();
  await journey.sandbox.site.transition({ as: 'agent', key, to: 'Declined' });
  await expect(journey.approve(key)).rejects.toMatchObject({ status: 409 });
  await neverReachedAws(key);
});
