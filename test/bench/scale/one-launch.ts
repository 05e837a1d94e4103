import { differenceOf, figureOf, interleave, ratioOf } from '../interleave';
import { exactly, type Measure, type MeasurePorts, once, type Reading } from '../measure';
import { type AppAtWork, startUsualApp } from './app-at-work';
import { totalOf } from './app-meter';
import { catalogOf, mostThatFit, putRequests, settingsWith } from './standing';

const ROUNDS = 12;
/** Launches of one round, of which the quickest counts: the others met with the collection of garbage, or with a neighbour. */
const LAUNCHES = 4;

/** As many as the settings of one project may list. */
const ACCOUNTS = 10_000;
/** As many as one entry of the app's storage can list, rounded down. */
const PRODUCTS = 1_000;
const IN_FLIGHT = 10_000;

/** What may stand there in large numbers, or a share of it. */
export const STANDING = {
  tenants: (app: AppAtWork, share = 1): Promise<void> =>
    app.setUp(settingsWith({ accounts: ACCOUNTS * share })),
  products: async (app: AppAtWork, share = 1): Promise<void> => {
    const offered = mostThatFit((products) => settingsWith({ products }));
    await app.setUp(settingsWith({ products: offered }));
    app.offer(catalogOf(PRODUCTS * share));
    await app.runCatalogSync();
  },
  'operations in flight': async (app: AppAtWork, share = 1): Promise<void> => {
    const lookAt = new Date(app.clock.now().getTime() + 24 * 3_600_000);
    putRequests(app, await app.launch(), IN_FLIGHT * share, { state: 'provisioning', lookAt });
  },
} as const;
type Kind = keyof typeof STANDING;

const launched = once(async ({ progress }: MeasurePorts) => {
  const few = await startUsualApp();
  const [tenants, products, inFlight] = [await startUsualApp(), await startUsualApp(), await startUsualApp()];
  const apps = { few, tenants, products, 'operations in flight': inFlight };
  try {
    // Ten are there already of whatever there is to be many of.
    for (const app of Object.values(apps)) {
      putRequests(app, await app.launch(), 10, { state: 'succeeded', lookAt: null });
    }
    for (const kind of ['tenants', 'products', 'operations in flight'] as const)
      await STANDING[kind](apps[kind]);
    const calls = new Map<string, number>();
    const launching = (name: keyof typeof apps) => async (): Promise<number> => {
      let cpu = Number.POSITIVE_INFINITY;
      for (let done = 0; done < LAUNCHES; done += 1) {
        const spent = await apps[name].launch();
        cpu = Math.min(cpu, spent.cpu);
        calls.set(name, Math.max(calls.get(name) ?? 0, totalOf(spent)));
      }
      return cpu;
    };
    const cpu = await interleave(
      {
        few: launching('few'),
        tenants: launching('tenants'),
        products: launching('products'),
        'operations in flight': launching('operations in flight'),
      },
      { rounds: ROUNDS, warmUp: 3 },
      (round) => progress(`round ${round} of ${ROUNDS}`),
    );
    return { cpu, calls: (name: keyof typeof apps) => calls.get(name) ?? 0 };
  } finally {
    await Promise.all(Object.values(apps).map((app) => app.close()));
  }
});

const MANY: Readonly<Record<Kind, { readonly count: string; readonly notes: readonly string[] }>> = {
  tenants: {
    count: '10 → 10,000 tenants',
    notes: [
      'all of one project, whose settings name lists of them; a list is read once in five minutes, all lists in one request',
    ],
  },
  products: {
    count: `10 → ${PRODUCTS.toLocaleString('en-US')} products`,
    notes: ['more do not fit: the list of products is one entry of the app’s storage, 240 KiB'],
  },
  'operations in flight': { count: '10 → 10,000 operations in flight', notes: [] },
};

const measuresOf = (kind: Kind): readonly Measure[] => {
  const { count, notes } = MANY[kind];
  const goal = { direction: 'at most', bound: 1.1 } as const;
  const against = 'the same launch beside few';
  return [
    {
      name: `one launch in the app, ${count}: calls`,
      ...{ against, goal, judgedIn: '×', unit: 'calls' },
      run: async (ports): Promise<Reading> => {
        const { calls } = await launched(ports);
        return {
          judged: exactly(calls(kind) / calls('few')),
          ours: exactly(calls(kind)),
          baseline: exactly(calls('few')),
          notes,
        };
      },
    },
    {
      name: `one launch in the app, ${count}: processor time`,
      ...{ against, goal, judgedIn: '×', unit: 'ms' },
      run: async (ports): Promise<Reading> => {
        const { cpu } = await launched(ports);
        const more = differenceOf(cpu[kind], cpu.few);
        return {
          judged: ratioOf(cpu[kind], cpu.few),
          ours: figureOf(cpu[kind]),
          baseline: figureOf(cpu.few),
          notes: [`${more.median.toFixed(2)} ms more (${more.low.toFixed(2)} … ${more.high.toFixed(2)})`],
        };
      },
    },
  ];
};

export const oneLaunch: readonly Measure[] = (
  ['tenants', 'products', 'operations in flight'] as const
).flatMap(measuresOf);
