import { type AppAtWork, startUsualApp } from '../bench/scale/app-at-work';
import { totalOf } from '../bench/scale/app-meter';
import { syncUnchanged } from '../bench/scale/catalogue';
import { openForm } from '../bench/scale/form';
import { callsForUnchanged } from '../bench/scale/large-portfolio';
import { STANDING } from '../bench/scale/one-launch';
import { openQueue, stockOperations } from '../bench/scale/queue-page';
import { sweepBeside } from '../bench/scale/sweep';

/* What things cost in calls, and that it does not grow with what stands there. `npm run bench` has the times. */

let app: AppAtWork;
beforeEach(async () => {
  app = await startUsualApp();
});
afterEach(() => app.close());

test('a launch makes the same calls beside many tenants, products and operations, but for one to list the tenants', async () => {
  await app.launch();
  const usual = await app.launch();
  const { calls } = usual;
  const total = totalOf(usual);
  expect(calls).toMatchObject({ bridge: 1, queue: 1 });
  for (const kind of ['tenants', 'products', 'operations in flight'] as const) {
    await STANDING[kind](app, 0.1);
    const first = totalOf(await app.launch());
    expect([kind, first]).toEqual([kind, total + (kind === 'tenants' ? 1 : 0)]);
    expect([kind, (await app.launch()).calls]).toEqual([kind, calls]);
  }
}, 60_000);

test('opening the order form reads the storage once, and asks neither the bridge nor AWS', async () => {
  const { calls } = await openForm(app);
  expect(calls).toEqual({ 'Jira reads': 3, 'storage reads': 1 });
});

test('a queue of two thousand operations is opened with the calls of one of a hundred', async () => {
  stockOperations(app, 100);
  const { calls } = await openQueue(app, 100);
  stockOperations(app, 1_900);
  expect((await openQueue(app, 2_000)).calls).toEqual(calls);
});

test('a sweep makes the same calls however many requests have ended', async () => {
  const { calls } = await sweepBeside(app, { ended: 10 });
  expect((await sweepBeside(app, { ended: 1_000 })).calls).toEqual(calls);
});

test('a sweep lists what is under way a hundred at a time, and looks at none that is not due', async () => {
  const { calls } = await sweepBeside(app, { ended: 0 });
  const beside = await sweepBeside(app, { ended: 0, underWay: 450 });
  expect(beside.calls).toEqual({ ...calls, 'storage reads': (calls['storage reads'] ?? 0) + 4 });
});

test('a catalogue that has not changed is one question to the bridge an hour, and nothing is written to Jira', async () => {
  const { calls } = await syncUnchanged(app, 30);
  expect(calls).toMatchObject({ bridge: 1 });
  expect(calls).not.toHaveProperty('Jira writes');
});

test('for an unchanged catalogue the hub lists products and constraints by twenty, versions by product, and no account', async () => {
  expect(await callsForUnchanged(50)).toEqual({
    SearchProductsAsAdmin: 3,
    ListConstraintsForPortfolio: 3,
    ListProvisioningArtifacts: 50,
  });
});
