import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/* Invariant 3: an approved operation takes effect once, whatever is repeated, lost or delayed on the way to AWS. */

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.sandbox.close());

/** One summary, one start, one end; and one launch. */
const happenedOnce = async (key: string): Promise<void> => {
  await journey.sandbox.clock.advance(HOUR);
  expect(journey.launches(key)).toHaveLength(1);
  expect(journey.entries(key)).toBe(1);
  const comments = journey.comments(key);
  expect(comments).toHaveLength(3);
  for (const [index, start] of [
    /^Please decide/,
    /^AWS accepted the order/,
    /^Your product is ready/,
  ].entries()) {
    expect(comments[index]).toMatch(start);
  }
  expect(journey.comments(key, 'internal')).toStrictEqual([]);
  expect(journey.sandbox.site.request(key).status).toBe('Done');
};

test('a request whose creation is told twice is checked once', async () => {
  journey.sandbox.atlassian.events.duplicateNext();
  const key = await journey.raise();
  await journey.sandbox.clock.advance(MINUTE);
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  await happenedOnce(key);
});

test('a request whose creation is never told is found by the sweep', async () => {
  journey.sandbox.atlassian.events.dropNext();
  const key = await journey.raise();
  expect(journey.state(key)).toBe('awaiting-approval');
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  await happenedOnce(key);
});

test('an approval that is told twice launches once', async () => {
  const key = await journey.raise();
  journey.sandbox.atlassian.events.duplicateNext();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  await happenedOnce(key);
});

test('an approval that is never told is found by the sweep', async () => {
  const key = await journey.raise();
  journey.sandbox.atlassian.events.dropNext();
  await journey.approve(key);
  await journey.sandbox.clock.advance(MINUTE);
  expect(journey.state(key)).toBe('awaiting-approval');
  await journey.reaches(key, 'succeeded', 30 * MINUTE);
  await happenedOnce(key);
});

test('a delivery that the queue hands over twice launches once', async () => {
  journey.sandbox.atlassian.queue.deliverTwice();
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  await happenedOnce(key);
});

test('a stack whose events come twice ends once', async () => {
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'provisioning');
  journey.sandbox.bus.duplicateNext(20);
  await journey.reaches(key, 'succeeded');
  await happenedOnce(key);
});
