import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BRIDGES } from './baselines/bridges';
import { compareBridges } from './baselines/compare';
import { bugs } from './bugs/run-bugs';
import { crashPoints } from './crash-points';
import { openKeptRun, OtherRun } from './kept-run';
import { createProgress } from './progress';
import { add, counted, lines, replayLine, type Tally } from './report';
import type { ScheduleOutcome, ScheduleRequest } from './schedule';
import { SCENARIOS, type Scenario } from './scenarios';
import { shrink } from './shrink';
import { startWorkers, type Workers } from './workers';

const HELP = `Runs the product's real code in simulated worlds where everything goes wrong, and looks at what has come of it.

  npm run simulate -- [options]

  --schedules N     random schedules (default 1000)
  --seed N          of the first of them (default 1)
  --duration MIN    stops after so many minutes, whatever is left
  --keep FILE       keeps there how far it has come with random schedules, and goes on from there another time
  --crash-points P  none, once (default), or pairs: every place of every path at which an invocation can die
  --baselines       runs launches on our bridge and on two others that stand in the benchmarks, and compares; judges nobody
  --bugs            breaks the product in one place after the other; each has to be caught
  --bug NAME        the same with those only whose name holds this
  --replay JSON     runs one schedule, as a failure's line has it, and prints its trace
  --workers N       processes (default: one a core)
  --json FILE       writes the figures there
  --help

Exit status: 0 if every invariant held (and every seeded bug was caught), 1 if not, 2 if nothing could be said.`;

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    duration: { type: 'string' },
    keep: { type: 'string' },
    'crash-points': { type: 'string', default: 'once' },
    baselines: { type: 'boolean', default: false },
    bugs: { type: 'boolean', default: false },
    bug: { type: 'string' },
    replay: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} is ${text}; expected a whole number`);
  return process.exit(2);
};

const Replay = z.strictObject({
  seed: z.int(),
  scenario: z.enum(Object.keys(SCENARIOS) as [Scenario, ...Scenario[]]).optional(),
  keeps: z
    .strictObject({
      parts: z.array(z.string()),
      faults: z.array(z.strictObject({ place: z.string(), fault: z.string() })),
    })
    .optional(),
  bridge: z.enum(BRIDGES).optional(),
});

const replay = async (workers: Workers, text: string): Promise<boolean> => {
  const request = Replay.parse(JSON.parse(text)) as ScheduleRequest;
  const { outcomes, trace } = await workers.run({ requests: [request], traced: true });
  for (const line of trace) console.log(line);
  const violations = outcomes.flatMap((outcome) => outcome.violations);
  for (const { invariant, what } of violations) console.log(`!! ${invariant}: ${what}`);
  for (const { figures } of outcomes) if (figures) console.log(figures);
  console.log(violations.length === 0 ? 'Every invariant holds.' : `${violations.length} violations`);
  return violations.length === 0;
};

/** Prints what broke, each made as small as it gets. */
const explain = async (workers: Workers, { failures }: Tally): Promise<void> => {
  for (const failure of failures.slice(0, 5)) {
    const small = await shrink(failure, async (request) => {
      const { outcomes } = await workers.run({ requests: [request] });
      return outcomes[0] ?? failure;
    });
    for (const { invariant, what } of small.violations) console.log(`!! ${invariant}: ${what}`);
    console.log(`   ${replayLine(small.request)}`);
  }
};

/** Schedules after which is kept how far it has come. */
const KEPT = 1_000;

const randomSchedules = async (workers: Workers, count: number, first: number): Promise<Tally> => {
  const { come, keep } = openKeptRun(values.keep, { code: workers.code, first });
  const { tally } = come;
  const end = first + count;
  const progress = createProgress('schedules', count - tally.schedules);
  const seconds = () => come.seconds + progress.seconds();
  const until = values.duration === undefined ? Infinity : Number(values.duration) * 60;
  const enough = () => progress.seconds() > until;
  const requests = function* (from: number, to: number): Generator<ScheduleRequest> {
    for (let seed = from; seed < to; seed += 1) yield { seed };
  };
  const take = (outcome: ScheduleOutcome): void => {
    add(tally, outcome);
    progress.step();
  };
  for (let next = first + tally.schedules; next < end && !enough(); next += KEPT) {
    const last = Math.min(next + KEPT, end);
    await workers.runAll(requests(next, last), take, { enough });
    if (first + tally.schedules === last) keep({ tally, seconds: seconds() });
  }
  console.log(
    `\nRandom schedules, seeds ${first} to ${first + tally.schedules - 1}, ${seconds().toFixed(0)} s`,
  );
  for (const line of lines(tally)) console.log(`  ${line}`);
  return tally;
};

const main = async (): Promise<boolean> => {
  if (values.help) {
    console.log(HELP);
    return true;
  }
  const depth = z.enum(['none', 'once', 'pairs']).safeParse(values['crash-points']);
  if (!depth.success) {
    console.error(`--crash-points is ${values['crash-points']}; expected none, once or pairs`);
    process.exit(2);
  }
  const count = whole('schedules', values.schedules);
  const first = whole('seed', values.seed);
  const processes = Math.max(1, whole('workers', values.workers));
  if (values.baselines) return compareBridges({ processes, count, first, json: values.json });
  if (values.bugs || values.bug !== undefined) return bugs({ processes, count, first, only: values.bug });

  const workers = await startWorkers(processes);
  try {
    if (values.replay !== undefined) return await replay(workers, values.replay);
    const tallies = [
      ...(count > 0 ? [await randomSchedules(workers, count, first)] : []),
      ...(depth.data === 'none' ? [] : [await crashPoints(workers, depth.data)]),
    ];
    for (const tally of tallies) await explain(workers, tally);
    if (values.json !== undefined) {
      const figures = tallies.map(({ failures, faults, violated, ...rest }) => ({
        ...rest,
        faults: Object.fromEntries(faults),
        violated: Object.fromEntries(violated),
        failures: failures.map(({ request, violations }) => ({ request, violations })),
      }));
      writeFileSync(values.json, `${JSON.stringify(figures, undefined, 2)}\n`);
    }
    const broken = tallies.reduce((sum, { violated }) => sum + violated.size, 0);
    console.log(
      broken === 0
        ? `\nEvery invariant held in ${counted(tallies.reduce((sum, { schedules }) => sum + schedules, 0))} worlds.`
        : '\nInvariants were broken.',
    );
    return broken === 0;
  } finally {
    workers.close();
  }
};

main().then(
  (held) => {
    process.exitCode = held ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof OtherRun ? error.message : error);
    process.exitCode = 2;
  },
);
