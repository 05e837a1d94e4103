import { z } from 'zod';
import type { Answer } from '../../forge-app/pages/answer';
import type { QueueRow, QueueView } from '../../forge-app/pages/queue/view';
import { openPage } from './ui-kit';

const aRow = (overrides: Partial<QueueRow> = {}): QueueRow => ({
  key: 'CLOUD-7',
  summary: 'A bucket for invoices',
  status: 'In progress',
  kind: 'launch',
  state: 'provisioning',
  raised: '2026-01-15T08:00:00.000Z',
  since: '2026-01-15T08:30:00.000Z',
  product: 'Private bucket',
  account: { id: '111122223333', name: 'payments-dev' },
  ...overrides,
});

const aView = (overrides: Partial<QueueView> = {}): QueueView => ({
  rows: [aRow()],
  next: null,
  counts: { waiting: 3, underWay: 1, attention: 0 },
  accounts: [{ id: '111122223333', name: 'payments-dev' }],
  products: ['Private bucket', 'WordPress'],
  ...overrides,
});

const Asked = z.object({ filter: z.record(z.string(), z.unknown()), token: z.string().nullable() });
type Asked = z.infer<typeof Asked>;

/** A queue page whose resolver answers each call by what it was asked. */
const openQueue = async (
  answer: (asked: Asked) => Answer<QueueView>,
  locale: 'en-US' | 'de-DE' = 'en-US',
) => {
  const asked: Asked[] = [];
  const page = await openPage({
    resource: 'queue',
    context: { locale },
    answer: (functionKey, payload) => {
      expect(functionKey).toBe('queue.open');
      const newest = Asked.parse(payload);
      asked.push(newest);
      return Promise.resolve(answer(newest));
    },
  });
  return { page, asked };
};
const shows =
  (view: Partial<QueueView> = {}) =>
  () =>
    ({ outcome: 'ok', value: aView(view) }) as const;

test('a row says what is launched where, in which state and since when, and leads to its request', async () => {
  const { page } = await openQueue(shows());
  await page.see('A bucket for invoices');
  for (const text of [
    'CLOUD-7',
    'Private bucket',
    'payments-dev',
    '111122223333',
    'Being created',
    'Jan 15, 2026',
  ])
    expect(page.text()).toContain(text);
  expect(page.find({ type: 'Link' }).props['href']).toBe('/browse/CLOUD-7');
});

test('an account that the settings no longer name is shown by its number, and an order without product as not known', async () => {
  const { page } = await openQueue(
    shows({ rows: [aRow({ product: null, account: { id: '999900001111', name: null } })] }),
  );
  await page.see('999900001111');
  expect(page.text()).toContain('Not known');
});

test('the counts say how many wait, are under way and need attention, and pressing one shows them', async () => {
  const { page, asked } = await openQueue(shows());
  await page.see('Waiting for approval');
  await page.press('Needs attention');
  await page.see('CLOUD-7');
  expect(asked.at(-1)?.filter).toEqual({ states: 'attention', account: null, product: null, age: null });
});

test('filters are asked for together, and start again at the newest', async () => {
  const { page, asked } = await openQueue(shows({ next: 'page-2' }));
  await page.see('CLOUD-7');
  await page.press('Earlier operations');
  await page.see('Back to the newest');
  expect(asked.at(-1)?.token).toBe('page-2');
  await page.choose('Account', 'payments-dev (111122223333)');
  await page.choose('Product', 'WordPress');
  await page.choose('State', 'Failed');
  await page.choose('Age', 'Older than 24 hours');
  await page.see('CLOUD-7');
  expect(asked.at(-1)).toEqual({
    filter: { states: 'failed', account: '111122223333', product: 'WordPress', age: 'over-a-day' },
    token: null,
  });
});

test('a queue without anything open says so', async () => {
  const { page } = await openQueue(shows({ rows: [] }));
  await page.see('Nothing is open');
});

test('filters that nothing meets can be removed', async () => {
  const { page } = await openQueue(({ filter }) =>
    filter['states'] === 'open' ? shows()() : shows({ rows: [] })(),
  );
  await page.see('CLOUD-7');
  await page.choose('State', 'Expired');
  await page.see('No operation is like this');
  await page.press('Remove the filters');
  await page.see('CLOUD-7');
});

test('whoever is no agent is told that they may not see it', async () => {
  const { page } = await openQueue(() => ({ outcome: 'refused', code: 'not-yours' }));
  await page.see('You may not see or do this');
  expect(page.text()).not.toContain('CLOUD-7');
});

test('while Jira cannot be reached, what is known stays in sight, and asking again brings the news', async () => {
  let reachable = true;
  const { page } = await openQueue(() =>
    reachable ? shows()() : { outcome: 'refused', code: 'unavailable', detail: 'Jira did not answer' },
  );
  await page.see('CLOUD-7');
  reachable = false;
  await page.press('Look again');
  await page.see('could not be reached');
  expect(page.text()).toContain('CLOUD-7');
  expect(page.text()).toContain('Jira did not answer');
  reachable = true;
  await page.press('Try again');
  await page.seeGone('could not be reached');
});

test('the newest are looked for again every fifteen seconds; an earlier page stands still', async () => {
  const { page, asked } = await openQueue(shows({ next: 'page-2' }));
  await page.see('CLOUD-7');
  await page.later(31_000);
  expect(asked).toHaveLength(3);
  await page.press('Earlier operations');
  await page.see('Back to the newest');
  await page.later(60_000);
  expect(asked).toHaveLength(4);
});

test('it can be read in German', async () => {
  const { page } = await openQueue(shows(), 'de-DE');
  await page.see('Wird angelegt');
  expect(page.text()).toContain('15.01.2026');
});
