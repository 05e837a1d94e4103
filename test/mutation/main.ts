/**
 * Mutation testing: Stryker changes the product in one place at a time and runs the unit tests that reach the place. A
 * change that no test notices survives: a test is missing, or code is superfluous, or the change is none.
 *
 * The last kind stands in `survivors/`, each with its reason. A run fails where less than 95 % were noticed, where
 * something survives that is not on the list, and where something is on the list that does not survive any more: so the
 * list says neither too little nor too much. Nothing is left out of the score, and no file of the product names Stryker.
 *
 * The tests of a scope are unit tests of what it mutates and nothing else, so that what a journey would notice by chance
 * counts for nothing. Generated input comes from one seed, so that a score is the same each time.
 */
import { readFileSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { type Part, SCOPES, type ScopeName, scopeNamed } from './scopes';
import { type Found, REPORTS, runPart } from './stryker';
import { type AcceptedSurvivor, type Survivor, survivorAt, without } from './survivor';
import { CONTRACT } from './survivors/contract';
import { CORE } from './survivors/core';
import { WAIT_URL } from './survivors/wait-url';

const HELP = `Changes the product in one place at a time and sees whether the unit tests notice.

Usage: npm run mutate [-- OPTIONS]

  --scope NAME       ${Object.keys(SCOPES).join(', ')}; may be given several times (default: all, one after the other)
  --part NAME        of the scopes only the part of this name; may be given several times
  --file GLOB        instead of all of a part's files, such as aws-bridge/contract/order.ts; may be given several times
  --incremental      takes over what the last run found for what has not changed since
  --concurrency N    test runners at a time (default 2)

Exit status: 0 when at least 95 % were noticed and exactly the accepted changes survived, 1 otherwise.
Reports: ${REPORTS}/SCOPE-PART.json`;

const GOAL = 95;
const ACCEPTED: Readonly<Record<ScopeName, readonly AcceptedSurvivor[]>> = {
  contract: CONTRACT,
  'wait-url': WAIT_URL,
  core: CORE,
};

const say = (text = ''): void => void process.stdout.write(`${text}\n`);

const described = ({ file, mutant }: Found): Survivor =>
  survivorAt(readFileSync(file, 'utf8'), {
    file,
    mutator: mutant.mutatorName,
    place: mutant.location,
    replacement: mutant.replacement,
  });

/** With some changes a file of tests does not even load. That is no test's merit, and counts for neither side. */
const NOTICED = new Set(['Killed', 'Timeout']);
const MISSED = new Set(['Survived', 'NoCoverage']);

const list = (title: string, survivors: readonly Survivor[]): void => {
  if (survivors.length === 0) return;
  say(styleText('red', title));
  for (const survivor of survivors) say(`  ${JSON.stringify(survivor)}`);
};

/** @returns whether the scope is as it should be */
const judge = (name: ScopeName, found: readonly Found[], whole: boolean): boolean => {
  const noticed = found.filter(({ mutant }) => NOTICED.has(mutant.status)).length;
  const endless = found.filter(({ mutant }) => mutant.status === 'Timeout').length;
  const missed = found.filter(({ mutant }) => MISSED.has(mutant.status));
  const valid = noticed + missed.length;
  const score = valid === 0 ? 0 : (100 * noticed) / valid;

  const files = new Set(found.map(({ file }) => file));
  const accepted = ACCEPTED[name].filter(({ file }) => whole || files.has(file));
  const survivors = missed.map(described);
  const unaccounted = without(survivors, accepted);
  const gone = without(accepted, survivors);

  say(
    `${name}: ${noticed} of ${valid} changes noticed (${score.toFixed(2)} %), ${endless} of them by their time; ` +
      `${missed.length} survived, ${survivors.length - unaccounted.length} of them accepted; ` +
      `${found.length - valid} did not load`,
  );
  list('Survived, and not accepted:', unaccounted);
  list('Accepted, and does not survive:', gone);
  const right = score >= GOAL && unaccounted.length === 0 && gone.length === 0;
  say(
    right
      ? styleText('green', '  ✓ as it should be')
      : styleText('red', `  ✗ wanted: ${GOAL} %, no surprise`),
  );
  return right;
};

const mutate = async (): Promise<boolean> => {
  const { values } = parseArgs({
    options: {
      scope: { type: 'string', multiple: true },
      part: { type: 'string', multiple: true },
      file: { type: 'string', multiple: true },
      incremental: { type: 'boolean', default: false },
      concurrency: { type: 'string', default: '2' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return true;
  }
  const names = (values.scope ?? Object.keys(SCOPES)).map(scopeNamed);
  const concurrency = Number(values.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new TypeError(`--concurrency ${values.concurrency}: expected a number from 1`);
  const verdicts: boolean[] = [];
  for (const name of names) {
    const found: Found[] = [];
    const parts: Readonly<Record<string, Part>> = SCOPES[name];
    for (const [title, part] of Object.entries(parts)) {
      if (values.part && !values.part.includes(title)) continue;
      const chosen = values.file ? { ...part, mutate: values.file } : part;
      const how = { incremental: values.incremental, concurrency };
      found.push(...(await runPart(`${name}-${title}`, chosen, how)));
    }
    verdicts.push(judge(name, found, !values.file && !values.part));
  }
  return verdicts.every(Boolean);
};

mutate().then(
  (right) => process.exit(right ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
