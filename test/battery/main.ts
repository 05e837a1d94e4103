import { writeFileSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { aMessage, anApprovedMessage } from './genuine-messages';
import { createIngress } from './receivers/ingress';
import { createOctokit } from './receivers/octokit';
import { createStandardWebhooks } from './receivers/standard-webhooks';
import { createStripe } from './receivers/stripe';
import { createWebTrigger } from './receivers/web-trigger';
import { type Entrant, type Row, runMessages } from './run-messages';
import { runUrls, type UrlRow } from './run-urls';
import { type Tally, total, wrong } from './tally';

const HELP = `Sends hostile and legitimate messages to the real ingress and the real web trigger, and the same ones to published
verifiers beside them; hostile and legitimate addresses to the checks of what CloudFormation signs.

Usage: npm run battery [-- OPTIONS]

  --messages N  generated messages for each of ours (default 50,000)
  --urls N      generated addresses for each check (default 100,000)
  --long        five million messages for each of ours, and one million addresses for each check
  --seed N      chance; the same seed sends the same (default: from the clock, printed)
  --json FILE   writes the figures as JSON

Exit status: 0 when ours treated every one as it should, 1 when it did not. The others' mistakes are shown, no more.`;

const say = (text = ''): void => void process.stdout.write(`${text}\n`);
const figure = (count: number): string => count.toLocaleString('en-US');

/** Milliseconds between two lines of a log. */
const LOGGED = 15_000;

/** Says on standard error how far it has come: in one line that changes, and now and then in a log. */
const progress = (what: string) => {
  let said = performance.now();
  return (count: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${what}: ${figure(count)} `);
    else if (performance.now() - said >= LOGGED) {
      said = performance.now();
      process.stderr.write(`${what}: ${figure(count)}\n`);
    }
  };
};

const cell = (tally: Tally | undefined, verdict: 'accept' | 'refuse'): string => {
  if (!tally || total(tally) === 0) return '–';
  const mistaken = wrong(tally, verdict);
  return mistaken === 0 ? figure(total(tally)) : `${figure(mistaken)} of ${figure(total(tally))} wrong`;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): void => {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  for (const [index, row] of [head, ...rows].entries()) {
    const line = row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
    say(index === 0 ? styleText('bold', line) : line.includes(' wrong') ? styleText('yellow', line) : line);
  }
};

const showHow = (rows: readonly Row[], entrants: readonly Entrant[]): void => {
  for (const { receiver } of entrants) {
    const how = new Map<string, number>();
    for (const { tallies } of rows) {
      for (const [words, times] of tallies.get(receiver.name)?.how ?? [])
        how.set(words, (how.get(words) ?? 0) + times);
    }
    say(`${receiver.name}: ${[...how].map(([words, times]) => `${words} (${figure(times)})`).join(', ')}`);
  }
};

const asJson = (rows: readonly Row[], urls: readonly UrlRow[], seed: number): string =>
  JSON.stringify(
    {
      seed,
      messages: rows.map(({ name, verdict, tallies }) => ({
        name,
        verdict,
        receivers: Object.fromEntries(
          [...tallies].map(([receiver, tally]) => [
            receiver,
            { ...tally, how: Object.fromEntries(tally.how) },
          ]),
        ),
      })),
      urls: urls.map(({ name, verdict, tally }) => ({
        name,
        verdict,
        ...tally,
        how: Object.fromEntries(tally.how),
      })),
    },
    null,
    2,
  );

const run = async (): Promise<boolean> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      messages: { type: 'string', default: '50000' },
      urls: { type: 'string', default: '100000' },
      long: { type: 'boolean' },
      seed: { type: 'string' },
      json: { type: 'string' },
    },
  });
  if (values.help) {
    say(HELP);
    return true;
  }
  const number = (name: string, text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`--${name} takes a whole number, not ${text}`);
    return value;
  };
  const seed = number('seed', values.seed ?? String(Date.now() % 2 ** 31));
  const began = performance.now();
  const now = new Date('2026-01-15T09:00:00Z');
  const toBridge = anApprovedMessage(now);
  const toApp = aMessage(now);
  const entrants: readonly Entrant[] = [
    { receiver: await createIngress(now), genuine: toBridge, ours: true },
    { receiver: await createWebTrigger(now), genuine: toApp, ours: true },
    ...[createStandardWebhooks(now), createStripe(now), await createOctokit()].map((receiver) => ({
      receiver,
      genuine: { ...toBridge, parses: false },
      ours: false,
    })),
  ];
  say(`Seed ${seed}`);
  const rows = await runMessages({
    entrants,
    seed,
    generated: values.long ? 5_000_000 : number('messages', values.messages),
    progress: progress('messages'),
  });
  const urls = runUrls({
    seed,
    generated: values.long ? 1_000_000 : number('urls', values.urls),
    progress: progress('addresses'),
  });
  for (const { receiver } of entrants) await receiver.close?.();

  say();
  table(
    ['message', 'has to be', ...entrants.map(({ receiver }) => receiver.name)],
    rows.map(({ name, verdict, tallies }) => [
      name,
      verdict === 'accept' ? 'accepted' : 'refused',
      ...entrants.map(({ receiver }) => cell(tallies.get(receiver.name), verdict)),
    ]),
  );
  say();
  showHow(rows, entrants);
  say();
  table(
    ['address', 'has to be', 'so many', 'how'],
    urls.map(({ name, verdict, tally }) => [
      name,
      verdict === 'accept' ? 'accepted' : 'refused',
      cell(tally, verdict),
      [...tally.how].map(([words, times]) => `${words} ${figure(times)}`).join(', '),
    ]),
  );
  if (values.json !== undefined) writeFileSync(values.json, `${asJson(rows, urls, seed)}\n`);

  const ours = entrants.filter((entrant) => entrant.ours).map(({ receiver }) => receiver.name);
  const mistakes =
    rows.reduce(
      (sum, { tallies, verdict }) =>
        sum + ours.reduce((more, name) => more + wrongIn(tallies.get(name), verdict), 0),
      0,
    ) + urls.reduce((sum, { tally, verdict }) => sum + wrong(tally, verdict), 0);
  const sent =
    rows.reduce(
      (sum, { tallies }) => sum + ours.reduce((more, name) => more + sentTo(tallies.get(name)), 0),
      0,
    ) + urls.reduce((sum, { tally }) => sum + total(tally), 0);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say();
  say(`${figure(sent)} to ours, ${figure(mistakes)} not treated as they should be; ${seconds} s.`);
  return mistakes === 0;
};

const wrongIn = (tally: Tally | undefined, verdict: 'accept' | 'refuse'): number =>
  tally ? wrong(tally, verdict) : 0;
const sentTo = (tally: Tally | undefined): number => (tally ? total(tally) : 0);

run().then(
  (whole) => process.exit(whole ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
