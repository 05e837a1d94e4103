import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import type { Measure } from './measure';
import { MEASURES } from './measures';
import { type Outcome, tableOf, verdictOf } from './table';

const HELP = `Measures how quick and how thrifty it is, beside baselines that are measured in the same run, in turns.

Usage: npm run bench [-- OPTIONS]

  --only TEXT  only measures whose name contains the text, upper and lower case alike; may be given several times
  --list       the names of the measures, without running any
  --json FILE  writes the figures as JSON

A figure is a median; behind it, in brackets, stand the bounds of the middle half of what was measured. Times depend on the
machine and on what else it does; quotients much less.

Exit status: 0 when every measure could be taken, whether or not it meets its goal, and 1 when one broke.`;

const say = (text = ''): void => void process.stdout.write(`${text}\n`);

/** One line while it goes on, where somebody looks at it. */
const showProgress = (words: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`);
};

const machine = () => {
  const processors = cpus();
  return {
    node: process.version,
    system: `${process.platform} ${process.arch}`,
    cores: processors.length,
    model: processors[0]?.model.trim() ?? 'unknown',
  };
};

const take = async (measure: Measure, folder: string): Promise<Outcome> => {
  try {
    const progress = (words: string): void => showProgress(`${measure.name}: ${words}`);
    progress('…');
    return { measure, result: { reading: await measure.run({ progress, folder }) } };
  } catch (error) {
    return {
      measure,
      result: { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    };
  } finally {
    showProgress('');
  }
};

const asJson = (outcomes: readonly Outcome[], seconds: number): string =>
  JSON.stringify(
    {
      machine: machine(),
      seconds,
      measures: outcomes.map((outcome) => {
        const { measure, result } = outcome;
        const { name, against, goal, judgedIn, unit } = measure;
        return { name, against, goal, judgedIn, unit, verdict: verdictOf(outcome), ...result };
      }),
    },
    null,
    2,
  );

const COLOUR = { missed: 'yellow', broken: 'red' } as const;

const showNotes = (outcomes: readonly Outcome[]): void => {
  for (const { measure, result } of outcomes) {
    const notes = 'broken' in result ? [result.broken] : (result.reading.notes ?? []);
    const against = measure.against === undefined ? [] : [`against ${measure.against}`];
    if (notes.length + against.length > 0)
      say(`${measure.name}\n${[...against, ...notes].map((note) => `  ${note}\n`).join('')}`);
  }
};

const run = async (): Promise<boolean> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      only: { type: 'string', multiple: true },
      list: { type: 'boolean' },
      json: { type: 'string' },
    },
  });
  if (values.help) {
    say(HELP);
    return true;
  }
  const wanted = values.only?.map((text) => text.toLowerCase());
  const chosen = MEASURES.filter(
    ({ name }) => !wanted || wanted.some((text) => name.toLowerCase().includes(text)),
  );
  if (chosen.length === 0) throw new RangeError(`No measure is called like that; --list shows all of them`);
  if (values.list) {
    for (const { name } of chosen) say(name);
    return true;
  }

  const { node, system, cores, model } = machine();
  say(`Node ${node} on ${system}, ${cores} cores: ${model}`);
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const outcomes: Outcome[] = [];
  try {
    for (const measure of chosen) outcomes.push(await take(measure, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = (performance.now() - began) / 1000;

  say();
  for (const { text, verdict } of tableOf(outcomes)) {
    say(
      verdict === undefined
        ? styleText('bold', text)
        : verdict === 'met'
          ? text
          : styleText(COLOUR[verdict], text),
    );
  }
  say();
  showNotes(outcomes);
  if (values.json !== undefined) writeFileSync(values.json, `${asJson(outcomes, seconds)}\n`);
  const count = (which: 'met' | 'missed' | 'broken'): number =>
    outcomes.filter((outcome) => verdictOf(outcome) === which).length;
  say(`${count('met')} met, ${count('missed')} missed, ${count('broken')} broken; ${seconds.toFixed(0)} s.`);
  return count('broken') === 0;
};

run().then(
  (whole) => process.exit(whole ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
