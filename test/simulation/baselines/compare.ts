import { writeFileSync } from 'node:fs';
import { createProgress } from '../progress';
import { counted, replayLine } from '../report';
import type { ScheduleRequest } from '../schedule';
import { startWorkers } from '../workers';
import { type Bridge, BRIDGES } from './bridges';
import { type Figure, type Figures, FIGURES } from './figures';

const HEADS: Readonly<Record<Bridge, string>> = {
  gatehouse: 'Gatehouse',
  'single file': 'single file',
  powertools: 'Powertools + middy',
};

const NOTES = [
  'The same seeds for each: the same people and wishes, the same weather, the same rate and kinds of faults. Requests for a gate',
  'are left out for all three, since the baselines have none. The app is Gatehouse’s own, whatever the bridge: who may have what',
  'is decided in the same way. The baselines have no way back to the app, so no request of theirs ever says how it ended.',
];

type Sums = Record<Figure, number>;
const FIGURE_NAMES = Object.keys(FIGURES) as Figure[];
const none = (): Sums => Object.fromEntries(FIGURE_NAMES.map((figure) => [figure, 0])) as Sums;

interface Compared {
  readonly sums: Sums;
  readonly schedules: number;
  /** Schedules in which a figure is more than nothing; and the first seed of them. */
  readonly seen: ReadonlyMap<Figure, { readonly schedules: number; readonly seed: number }>;
}

const createCompared = () => {
  const sums = none();
  const seen = new Map<Figure, { schedules: number; seed: number }>();
  const compared = { sums, seen, schedules: 0 };
  return {
    compared: compared as Compared,
    add: (seed: number, figures: Figures): void => {
      compared.schedules += 1;
      for (const figure of FIGURE_NAMES) {
        sums[figure] += figures[figure];
        if (figures[figure] === 0) continue;
        const before = seen.get(figure);
        seen.set(figure, {
          schedules: (before?.schedules ?? 0) + 1,
          seed: Math.min(before?.seed ?? Infinity, seed),
        });
      }
    },
  };
};

const table = (of: Readonly<Record<Bridge, Compared>>): readonly string[] => {
  const width = Math.max(...Object.values(FIGURES).map(({ length }) => length));
  const row = (name: string, cell: (bridge: Bridge) => string): string =>
    `  ${name.padEnd(width)}${BRIDGES.map((bridge) => cell(bridge).padStart(HEADS[bridge].length + 2)).join('')}`;
  return [
    row('', (bridge) => HEADS[bridge]),
    ...FIGURE_NAMES.map((figure) => row(FIGURES[figure], (bridge) => counted(of[bridge].sums[figure]))),
  ];
};

/** What a bridge is not to do. */
const WRONG = [
  'unapproved',
  'otherwise',
  'doubled',
  'lost',
  'unacknowledged',
  'secrets',
] as const satisfies Figure[];

/** The first schedule of each bridge that shows it, where one does. */
const examples = (of: Readonly<Record<Bridge, Compared>>): readonly string[] =>
  BRIDGES.flatMap((bridge) =>
    WRONG.flatMap((figure) => {
      const { schedules, seed } = of[bridge].seen.get(figure) ?? {};
      if (schedules === undefined || seed === undefined) return [];
      const some = `${counted(schedules)} of ${counted(of[bridge].schedules)} schedules`;
      return [`  ${HEADS[bridge]}: ${FIGURES[figure]}, ${some}`, `    ${replayLine({ seed, bridge })}`];
    }),
  );

/**
 * Runs the same schedules with each bridge in turn, prints what came of them, and judges nobody.
 * @param options.json where the figures are written; nowhere without it
 */
export const compareBridges = async (options: {
  readonly processes: number;
  readonly count: number;
  readonly first: number;
  readonly json?: string | undefined;
}): Promise<true> => {
  const { processes, count, first, json } = options;
  const all = Object.fromEntries(BRIDGES.map((bridge) => [bridge, createCompared()])) as Record<
    Bridge,
    ReturnType<typeof createCompared>
  >;
  const requests = function* (): Generator<ScheduleRequest> {
    for (let seed = first; seed < first + count; seed += 1)
      for (const bridge of BRIDGES) yield { seed, bridge };
  };
  // The SDK's advice about Node is for whoever runs it; here it would be said by every process.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const progress = createProgress('schedules', count * BRIDGES.length);
  const workers = await startWorkers(processes);
  try {
    await workers.runAll(requests(), ({ request: { seed, bridge }, figures }) => {
      if (bridge && figures) all[bridge].add(seed, figures);
      progress.step();
    });
  } finally {
    workers.close();
  }
  const compared = Object.fromEntries(BRIDGES.map((bridge) => [bridge, all[bridge].compared])) as Record<
    Bridge,
    Compared
  >;
  console.log(
    `\nThree bridges, ${counted(count)} schedules each, seeds ${first} to ${first + count - 1}, ${progress.seconds().toFixed(0)} s`,
  );
  for (const line of [...table(compared), '', ...examples(compared), '', ...NOTES]) console.log(line);
  if (json !== undefined) {
    const figures = BRIDGES.map((bridge) => {
      const { sums, seen, schedules } = compared[bridge];
      return { bridge, ...{ firstSeed: first, schedules, figures: sums }, seen: Object.fromEntries(seen) };
    });
    writeFileSync(json, `${JSON.stringify(figures, undefined, 2)}\n`);
  }
  return true;
};
