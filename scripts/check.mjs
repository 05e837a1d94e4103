// All but the tests: types and lint, formatting, unused code. Side by side, each with what it says in one piece, and none
// is left out because another has failed.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const CHECKS = [
  // Types and lint share one program; Node's own limit may be lower than what all of the project's types take.
  ['types and lint', ['--max-old-space-size=6144', 'scripts/types-and-lint.mjs']],
  ['formatting', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']],
  ['unused code', ['node_modules/knip/bin/knip.js']],
];

/** @returns whether it found nothing */
const run = ([what, command]) =>
  new Promise((resolve) => {
    const started = Date.now();
    const said = [];
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      const outcome = status === 0 ? 'nothing to report' : 'failed';
      process.stdout.write(`== ${what}: ${outcome}, ${seconds} s\n`);
      if (status !== 0) process.stdout.write(Buffer.concat(said));
      resolve(status === 0);
    });
  });

const [first, ...others] = CHECKS;
const inTurn = async () => {
  const found = [];
  for (const check of others) found.push(await run(check));
  return found;
};
const [longest, rest] = await Promise.all([run(first), inTurn()]);
process.exitCode = [longest, ...rest].every(Boolean) ? 0 : 1;
