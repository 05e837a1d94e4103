import { exactly, type Measure, once } from '../measure';
import { type AppAtWork, startUsualApp } from './app-at-work';
import { type Spent, totalOf } from './app-meter';
import { putRequests } from './standing';

const FEW = 100;
const MANY = 10_000;
const HOUR = 3_600_000;

/**
 * What one sweep takes where so many requests have ended, and so many are under way of which none is due.
 * @returns the second sweep's: the first one may catch up with what came before
 */
export const sweepBeside = async (
  app: AppAtWork,
  { ended, underWay = 0 }: { readonly ended: number; readonly underWay?: number },
): Promise<Spent> => {
  const like = await app.launch();
  const tomorrow = new Date(app.clock.now().getTime() + 24 * HOUR);
  putRequests(app, like, ended, { state: 'succeeded', lookAt: null });
  putRequests(app, like, underWay, { state: 'provisioning', lookAt: tomorrow });
  // The listing of what is under way lags behind.
  await app.clock.advance(60_000);
  await app.sweep();
  return app.sweep();
};

const swept = once(async () => {
  const sweepOf = async (standing: Parameters<typeof sweepBeside>[1]): Promise<Spent> => {
    const app = await startUsualApp();
    try {
      return await sweepBeside(app, standing);
    } finally {
      await app.close();
    }
  };
  return {
    few: await sweepOf({ ended: FEW }),
    many: await sweepOf({ ended: MANY }),
    underWay: await sweepOf({ ended: FEW, underWay: MANY }),
  };
});

export const sweeps: readonly Measure[] = [
  {
    name: 'one sweep beside 10,000 requests that have ended: calls',
    against: `the same beside ${FEW}`,
    goal: { direction: 'at most', bound: 1 },
    ...{ judgedIn: '×', unit: 'calls' },
    run: async (ports) => {
      const { few, many, underWay } = await swept(ports);
      return {
        judged: exactly(totalOf(many) / totalOf(few)),
        ours: exactly(totalOf(many)),
        baseline: exactly(totalOf(few)),
        notes: [
          `its calls: ${JSON.stringify(many.calls)}`,
          `beside 10,000 under way of which none is due: ${JSON.stringify(underWay.calls)}; it lists a thousand of them at a time`,
        ],
      };
    },
  },
];
