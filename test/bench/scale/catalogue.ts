import { exactly, type Measure } from '../measure';
import { type AppAtWork, startUsualApp } from './app-at-work';
import { type Spent, totalOf } from './app-meter';
import { callsForUnchanged } from './large-portfolio';
import { catalogOf } from './standing';

const ACCOUNTS = 1_000;
const PRODUCTS = 100;

/** Has the app ask for a catalogue that it has. @returns what that took of it */
export const syncUnchanged = async (app: AppAtWork, products: number): Promise<Spent> => {
  app.offer(catalogOf(products));
  await app.runCatalogSync();
  return app.runCatalogSync();
};

/** What listing a catalogue that has not changed in each account would take. */
const perAccount = (accounts: number, products: number): number => accounts * Math.ceil(products / 100);

export const catalogue: readonly Measure[] = [
  {
    name: `unchanged catalogue, ${ACCOUNTS.toLocaleString('en-US')} accounts, ${PRODUCTS} products: calls to AWS`,
    against: 'listing it in each account, M·⌈N/100⌉',
    goal: { direction: 'at most', bound: 1 },
    ...{ judgedIn: '×', unit: 'calls' },
    run: async () => {
      const calls = await callsForUnchanged(PRODUCTS);
      const [ours, baseline] = [totalOf({ calls }), perAccount(ACCOUNTS, PRODUCTS)];
      return {
        judged: exactly(ours / baseline),
        ours: exactly(ours),
        baseline: exactly(baseline),
        notes: [
          `the hub is read, and no account: ${JSON.stringify(calls)}`,
          `it takes N + 2·⌈N/20⌉ calls whatever M is, so with ${PRODUCTS} products less than M·⌈N/100⌉ from ${ours} accounts on, and more below`,
        ],
      };
    },
  },
  {
    name: 'unchanged catalogue: writes to Jira',
    goal: { direction: 'at most', bound: 0 },
    ...{ judgedIn: 'writes', unit: 'writes' },
    run: async () => {
      const app = await startUsualApp();
      try {
        const spent = await syncUnchanged(app, PRODUCTS);
        return {
          judged: exactly(spent.calls['Jira writes'] ?? 0),
          notes: [`all of the app's calls in an hour: ${JSON.stringify(spent.calls)}`],
        };
      } finally {
        await app.close();
      }
    },
  },
];
