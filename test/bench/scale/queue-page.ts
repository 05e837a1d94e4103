import { z } from 'zod';
import type { EntityProperty } from '../../../forge-app/request/entity-property';
import { PROJECT } from '../../sandbox/atlassian/jira-site';
import { REQUEST_TYPE } from '../../sandbox/site';
import { figureOf, interleave, ratioOf } from '../interleave';
import { exactly, type Measure, once, type MeasurePorts } from '../measure';
import { type AppAtWork, startUsualApp } from './app-at-work';
import { type Spent, totalOf } from './app-meter';

const FEW = 100;
const MANY = 10_000;
const ROUNDS = 25;
/** Looks of one round. */
const LOOKS = 4;
const ROWS = 25;

const Opened = z.object({
  value: z.object({ rows: z.array(z.unknown()).length(ROWS), counts: z.object({ attention: z.number() }) }),
});

/** Fills the site with operations that need somebody. */
export const stockOperations = ({ atlassian, clock }: AppAtWork, count: number): void => {
  const now = clock.now().getTime();
  const property = (index: number): EntityProperty => ({
    ...{ kind: 'launch', state: 'failed', operation: `launch-${index}-0123456789abcdef`, sequence: 1 },
    ...{ product: 'Private bucket', account: '100000000003', region: 'eu-west-1' },
    since: new Date(now).toISOString(),
  });
  atlassian.site.stock(
    Array.from({ length: count }, (_, index) => ({
      ...{ reporter: 'employee' as const, requestTypeId: REQUEST_TYPE.approved, summary: `Order ${index}` },
      created: new Date(now - (count - index) * 60_000),
      properties: { gatehouse: property(index) },
    })),
  );
};

/** Opens the queue's page as an agent does. @returns what that took of the app */
export const openQueue = async (app: AppAtWork, count: number): Promise<Spent> => {
  const { answer, ...spent } = await app.ask({
    ...{ as: 'agent', module: 'queue-page', functionKey: 'queue.open' },
    payload: { filter: { states: 'open', account: null, product: null, age: null }, token: null },
    extension: { project: { id: PROJECT.id, key: PROJECT.key } },
  });
  const { counts } = Opened.parse(answer).value;
  if (counts.attention !== count)
    throw new Error(`The queue counts ${counts.attention} of ${count} operations`);
  return spent;
};

const look = once(async ({ progress }: MeasurePorts) => {
  const apps = { few: await startUsualApp(), many: await startUsualApp() };
  try {
    stockOperations(apps.few, FEW);
    stockOperations(apps.many, MANY);
    const calls = {
      few: totalOf(await openQueue(apps.few, FEW)),
      many: totalOf(await openQueue(apps.many, MANY)),
    };
    const looking = (app: AppAtWork, count: number) => async (): Promise<number> => {
      let cpu = 0;
      for (let looked = 0; looked < LOOKS; looked += 1) cpu += (await openQueue(app, count)).cpu;
      return cpu / LOOKS;
    };
    const cpu = await interleave(
      { few: looking(apps.few, FEW), many: looking(apps.many, MANY) },
      { rounds: ROUNDS, warmUp: 5 },
      (round) => progress(`round ${round} of ${ROUNDS}`),
    );
    return { calls, cpu };
  } finally {
    await Promise.all([apps.few.close(), apps.many.close()]);
  }
});

const goal = { direction: 'at most', bound: 1.2 } as const;
const against = `the same page with ${FEW} operations`;

export const queuePage: readonly Measure[] = [
  {
    name: `queue page of ${MANY.toLocaleString('en-US')} operations: calls`,
    ...{ against, goal, judgedIn: '×', unit: 'calls' },
    run: async (ports) => {
      const { calls } = await look(ports);
      return {
        judged: exactly(calls.many / calls.few),
        ours: exactly(calls.many),
        baseline: exactly(calls.few),
      };
    },
  },
  {
    name: `queue page of ${MANY.toLocaleString('en-US')} operations: processor time`,
    ...{ against, goal, judgedIn: '×', unit: 'ms' },
    run: async (ports) => {
      const { cpu } = await look(ports);
      return {
        judged: ratioOf(cpu.many, cpu.few),
        ours: figureOf(cpu.many),
        baseline: figureOf(cpu.few),
        notes: [
          'of the app alone: what stands in for Jira does the search, as Jira does, and is not counted',
        ],
      };
    },
  },
];
