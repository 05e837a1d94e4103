import { z } from 'zod';
import { REQUEST_TYPE } from '../../sandbox/site';
import { exactly, type Measure } from '../measure';
import { type AppAtWork, startUsualApp } from './app-at-work';
import type { Spent } from './app-meter';

const Opened = z.object({ value: z.object({ ours: z.literal(true), offer: z.object({ id: z.string() }) }) });

/** Opens the order form as an employee does. @returns what that took of the app */
export const openForm = async (app: AppAtWork): Promise<Spent> => {
  const { answer, ...spent } = await app.ask({
    ...{ as: 'employee', module: 'order-form', functionKey: 'order-form.open' },
    extension: { portal: { id: 1 }, request: { typeId: REQUEST_TYPE.approved } },
  });
  Opened.parse(answer);
  return spent;
};

/** The only way from the app to AWS is by the bridge. */
const awsCalls = ({ calls }: Spent): number => calls['bridge'] ?? 0;

const opened = async (): Promise<Spent> => {
  const app = await startUsualApp();
  try {
    return await openForm(app);
  } finally {
    await app.close();
  }
};

export const formOpening: readonly Measure[] = [
  {
    name: 'opening the order form: reads of the storage',
    goal: { direction: 'at most', bound: 1 },
    ...{ judgedIn: 'reads', unit: 'reads' },
    run: async () => {
      const spent = await opened();
      return {
        judged: exactly(spent.calls['storage reads'] ?? 0),
        notes: [`all of its calls: ${JSON.stringify(spent.calls)}`],
      };
    },
  },
  {
    name: 'opening the order form: calls to the bridge or AWS',
    goal: { direction: 'at most', bound: 0 },
    ...{ judgedIn: 'calls', unit: 'calls' },
    run: async () => ({ judged: exactly(awsCalls(await opened())) }),
  },
];
