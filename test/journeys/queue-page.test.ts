import { z } from 'zod';
import type { EntityProperty } from '../../forge-app/request/entity-property';
import type { QueueView } from '../../forge-app/pages/queue/view';
import type { RequestState } from '../../forge-app/request/record';
import { PROJECT } from '../sandbox/atlassian/jira-site';
import { PAYMENTS_DEV } from '../sandbox/organization';
import { REQUEST_TYPE } from '../sandbox/site';
import { HOUR, type Journey, startJourney } from './journey';

/* What agents see of ten thousand operations, and what a look costs. */

const HOW_MANY = 10_000;
const STATES: readonly RequestState[] = [
  'awaiting-approval',
  'provisioning',
  'failed',
  'succeeded',
  'declined',
];

const propertyOf = (index: number, created: Date): EntityProperty => ({
  kind: 'launch',
  state: STATES[index % STATES.length] ?? 'failed',
  operation: `launch-${index}-0123456789abcdef`,
  product: index % 2 === 0 ? 'Private bucket' : 'Queue "fast" \\ slow',
  account: index % 4 === 0 ? PAYMENTS_DEV : '999999999999',
  region: 'eu-west-1',
  sequence: 1,
  since: created.toISOString(),
});

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
  const { site, clock } = journey.sandbox;
  const now = clock.now().getTime();
  site.stock(
    Array.from({ length: HOW_MANY }, (_, index) => {
      const created = new Date(now - (HOW_MANY - index) * 0.1 * HOUR);
      return {
        reporter: 'employee' as const,
        requestTypeId: REQUEST_TYPE.approved,
        summary: `Order ${index}`,
        created,
        properties: { gatehouse: propertyOf(index, created) },
      };
    }),
  );
}, 120_000);
afterAll(() => journey.sandbox.close());

const Opened = z.object({
  outcome: z.literal('ok'),
  value: z.custom<QueueView>((value) => typeof value === 'object'),
});

const open = async (
  filter: Readonly<Record<string, string | null>> = {},
  token: string | null = null,
): Promise<QueueView> => {
  const outcome = await journey.sandbox.atlassian.callResolver({
    as: 'agent',
    module: 'queue-page',
    functionKey: 'queue.open',
    payload: { filter: { states: 'open', account: null, product: null, age: null, ...filter }, token },
    extension: { project: { id: PROJECT.id, key: PROJECT.key } },
  });
  if (outcome.kind !== 'returned') throw new Error(`The queue answered nothing: ${outcome.kind}`);
  return Opened.parse(outcome.result).value;
};

test('the newest operations come first, page after page, each once', async () => {
  const first = await open();
  const second = await open({}, first.next);
  const rows = [...first.rows, ...second.rows];
  expect(rows).toHaveLength(50);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(50);
  const raised = rows.map((row) => row.raised);
  expect(raised).toEqual([...raised].sort().reverse());
  expect(new Set(rows.map(({ state }) => state))).toEqual(
    new Set(['awaiting-approval', 'provisioning', 'failed']),
  );
});

test('the counts are of all that there are, whatever page is looked at', async () => {
  const { counts } = await open();
  expect(counts).toEqual({ waiting: 2000, underWay: 2000, attention: 2000 });
});

test('filters narrow rows and counts alike, also a product whose name holds quotes and backslashes', async () => {
  const product = 'Queue "fast" \\ slow';
  const { rows, counts } = await open({ states: 'failed', product, account: '999999999999' });
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row).toMatchObject({ state: 'failed', product, account: { id: '999999999999', name: null } });
  }
  expect(counts.attention).toBe(1000);
  const recent = await open({ states: 'all', age: 'last-day' });
  const day = journey.sandbox.clock.now().getTime() - 24 * HOUR;
  for (const row of recent.rows) expect(Date.parse(row.raised)).toBeGreaterThanOrEqual(day);
});

test('a look costs six calls to Jira and one read of the storage, however many operations there are', async () => {
  const { journal } = journey.sandbox;
  const before = { jira: journal.of('jira').length, kvs: journal.of('forge kvs').length };
  await open();
  expect(journal.of('jira').length - before.jira).toBe(6);
  expect(journal.of('forge kvs').length - before.kvs).toBe(1);
});

test('a query that somebody smuggles into a filter is a product’s name and no more', async () => {
  const { rows } = await open({ product: '" OR project = "CLOUD' });
  expect(rows).toStrictEqual([]);
});
