import { DATA_PROD, RESEARCH } from '../sandbox/organization';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/* What the project's settings say when the approval comes counts, not what they said when the order was raised. */

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.sandbox.close());

const write = (value: unknown) =>
  journey.sandbox.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });

const mended = async (key: string): Promise<void> => {
  await journey.sandbox.clock.advance(HOUR);
  expect([journey.deliveries(key), journey.entries(key), journey.launches(key).length]).toEqual([0, 0, 0]);
  expect(journey.sandbox.site.search('gatehouseState = "blocked"')).toContain(key);
  await write(journey.sandbox.settings);
  await journey.reaches(key, 'succeeded', 12 * HOUR);
  expect(journey.launches(key)).toHaveLength(1);
};

test.each([
  ['cannot be used', { accounts: 'all of them' }, /accounts is "all of them"/],
  ['are gone', null, /"gatehouse" is not there/],
])(
  'an approval while the settings %s is told to the agents, and goes on once they are mended',
  async (_, value, words) => {
    const key = await journey.raise();
    await write(value);
    await journey.approve(key);
    await journey.reaches(key, 'blocked', MINUTE);
    expect(journey.comments(key, 'internal').at(-1)).toMatch(words);
    expect(journey.comments(key)).toHaveLength(1);
    await mended(key);
  },
);

test('an approval for an account that was taken from the reporter is worth nothing until it is given again', async () => {
  const { settings } = journey.sandbox;
  const key = await journey.raise();
  const accounts = settings.accounts.filter(({ id }) => id === DATA_PROD || id === RESEARCH);
  await write({ ...settings, accounts });
  await journey.approve(key);
  await journey.reaches(key, 'blocked', MINUTE);
  expect(journey.comments(key).at(-1)).toMatch(/no longer one that its reporter may use/);
  await mended(key);
});

test('an approval for a product that is no longer offered is worth nothing until it is offered again', async () => {
  const key = await journey.raise();
  await write({ ...journey.sandbox.settings, products: [] });
  await journey.approve(key);
  await journey.reaches(key, 'blocked', MINUTE);
  expect(journey.comments(key).at(-1)).toMatch(/no longer offered/);
  expect(journey.comments(key, 'internal').at(-1)).toMatch(/List it again/);
  await mended(key);
});
