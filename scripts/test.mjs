// Everything that has to hold of the code: the tests, and beside them `npm run check`, because tests wait where checks
// compute. What the checks found is said in one piece at the end. Arguments are Jest's.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @returns whether it ended well; whoever is stopped by a signal has not */
const ended = (child) =>
  new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(false);
    });
    child.on('close', (status) => resolve(status === 0));
  });

const said = [];
const check = spawn(process.execPath, ['scripts/check.mjs'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'pipe'],
});
check.stdout.on('data', (chunk) => said.push(chunk));
check.stderr.on('data', (chunk) => said.push(chunk));
const jest = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});

const [checked, tested] = await Promise.all([ended(check), ended(jest)]);
process.stdout.write(Buffer.concat(said));
process.exitCode = checked && tested ? 0 : 1;
