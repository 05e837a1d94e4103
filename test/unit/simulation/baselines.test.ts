import { type Bridge, BRIDGES } from '../../simulation/baselines/bridges';
import type { Figures } from '../../simulation/baselines/figures';
import type { CallFault } from '../../simulation/faults';
import type { ScheduleOutcome } from '../../simulation/schedule';
import { startWorkers, type Workers } from '../../simulation/workers';

/** One in which Service Catalog forgets a token at once, where that is among the parts. */
const SEED = 291;
const FORGETFUL = 'weather tokenMemory';

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers(1);
});
afterAll(() => workers.close());

/** One approved launch, with the parts and the faults that it is to have besides. */
const launch = async (
  bridge: Bridge,
  {
    weather = [],
    faults = [],
  }: {
    readonly weather?: readonly string[];
    readonly faults?: readonly { readonly place: string; readonly fault: CallFault }[];
  } = {},
): Promise<ScheduleOutcome & { readonly figures: Figures }> => {
  const keeps = { parts: ['wish 1', 'decision 1', ...weather], faults };
  const { outcomes } = await workers.run({
    requests: [{ seed: SEED, scenario: 'launch', keeps, bridge }],
    withPlaces: true,
  });
  const [outcome] = outcomes;
  if (!outcome?.figures) throw new Error('The schedule came to nothing');
  return { ...outcome, figures: outcome.figures };
};

/** The same with one fault at the first place on its way whose name has a part. */
const launchWith = async (
  bridge: Bridge,
  part: string,
  fault: CallFault,
  weather: readonly string[] = [],
): Promise<ScheduleOutcome & { readonly figures: Figures }> => {
  const { places } = await launch(bridge, { weather });
  const place = places.find((one) => one.includes(part));
  if (place === undefined) throw new Error(`No place on the way of a launch has ${part} in its name`);
  const outcome = await launch(bridge, { weather, faults: [{ place, fault }] });
  expect(outcome.met).toEqual([{ place, fault }]);
  return outcome;
};

test.each(BRIDGES)('in fair weather an approved launch happens once with the bridge %s', async (bridge) => {
  const { figures } = await launch(bridge);
  expect(figures).toMatchObject({ requests: 1, operations: 1, launches: 1, due: 1, ended: 1 });
  expect(figures).toMatchObject({ unapproved: 0, otherwise: 0, doubled: 0, lost: 0, unacknowledged: 0 });
});

test('only a bridge that calls back lets the request say how it ended', async () => {
  const untold = [];
  for (const bridge of BRIDGES) untold.push((await launch(bridge)).figures.untold);
  expect(untold).toEqual([0, 1, 1]);
});

test('the single file launches twice where its answer to the app is lost, and the others once', async () => {
  const counts = [];
  for (const bridge of BRIDGES) {
    const { figures } = await launchWith(bridge, '> bridge /webhook', 'answer lost');
    counts.push({ bridge, launches: figures.launches, doubled: figures.doubled });
  }
  expect(counts).toEqual([
    { bridge: 'gatehouse', launches: 1, doubled: 0 },
    { bridge: 'single file', launches: 2, doubled: 1 },
    { bridge: 'powertools', launches: 1, doubled: 0 },
  ]);
});

test('an idempotency record that a death leaves in progress keeps the launch back until it expires', async () => {
  const { figures, places } = await launchWith('powertools', 'ProvisionProduct', 'dies before');
  expect(figures).toMatchObject({ launches: 1, lost: 0, doubled: 0 });
  expect(places.filter((place) => place.includes('dynamodb PutItem')).length).toBeGreaterThan(2);
});

test('where a token is forgotten, Powertools never gets over a launch that it died after', async () => {
  const { figures } = await launchWith('powertools', 'dynamodb UpdateItem', 'dies before', [FORGETFUL]);
  expect(figures).toMatchObject({ launches: 1, doubled: 0, unacknowledged: 1 });
});

test('our bridge knows its own launch by its name, and the request says how it ended', async () => {
  const { figures } = await launchWith('gatehouse', 'ProvisionProduct', 'dies after', [FORGETFUL]);
  expect(figures).toMatchObject({ launches: 1, doubled: 0, unacknowledged: 0, untold: 0 });
});

test('gates are asked for in no comparison', async () => {
  const { outcomes } = await workers.run({
    requests: BRIDGES.map((bridge) => ({
      ...{ seed: SEED, scenario: 'gate', bridge },
      keeps: { parts: ['wish 1', 'decision 1'], faults: [] },
    })),
  });
  expect(outcomes.map(({ figures }) => figures?.launches)).toEqual([0, 0, 0]);
  expect(outcomes.map(({ parts }) => parts)).toStrictEqual([[], [], []]);
});
