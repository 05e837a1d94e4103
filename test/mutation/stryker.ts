import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';
import type { Part } from './scopes';

type Options = ConstructorParameters<typeof Stryker>[0];
type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** One change and what became of it; the file is relative to the project. */
export interface Found {
  readonly file: string;
  readonly mutant: Mutant;
}

/** Reports lie here, and what an incremental run takes over. */
export const REPORTS = join('node_modules', '.cache', 'mutation');

const incrementalFile = (name: string): string => join(REPORTS, `${name}.incremental.json`);

/**
 * Changes a part's files, in a copy outside of the project: a copy in `node_modules` Jest would not look into. Nothing of
 * what `jest.config.cjs` prepares for sandboxes is needed by unit tests, least of all for each change anew.
 */
const options = (
  name: string,
  part: Part,
  how: { readonly concurrency: number; readonly copies: string },
): Options => ({
  mutate: [...part.mutate],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  jest: {
    configFile: 'jest.config.cjs',
    // The tests of a part are known, and Jest looks at every file of its roots, for every change: that takes most of the time.
    enableFindRelatedTests: false,
    config: {
      roots: ['<rootDir>/test/unit'],
      testMatch: part.tests.map((glob) => `<rootDir>/${glob}`),
      globalSetup: null,
      globalTeardown: null,
      testEnvironment: join(import.meta.dirname, 'first-failure.cjs'),
      testRunner: join(import.meta.dirname, 'jest-circus-until-noticed.cjs'),
      setupFiles: ['<rootDir>/test/mutation/driven-chance.ts'],
    },
  },
  ignorePatterns: ['/docs', '/cdk.out', '/.ci', '/.forge', '/dist', '/coverage'],
  tempDirName: how.copies,
  cleanTempDir: 'always',
  incremental: true,
  incrementalFile: incrementalFile(name),
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { reportTests: false, reportMutants: false, allowColor: process.stdout.isTTY },
  jsonReporter: { fileName: join(REPORTS, `${name}.json`) },
  concurrency: how.concurrency,
  // A machine that does other things besides is no endless loop.
  timeoutMS: 20_000,
  allowConsoleColors: process.stdout.isTTY,
  // swc strips types without looking at them.
  disableTypeChecks: false,
});

/** Tries every change of a part of a scope. Rejects where the tests fail without any. */
export const runPart = async (
  name: string,
  part: Part,
  how: { readonly incremental: boolean; readonly concurrency: number },
): Promise<readonly Found[]> => {
  // Stryker is published as ES modules only.
  const { Stryker } = await import('@stryker-mutator/core');
  // Stryker takes over what an earlier run found in files that the part has no more, even where it tries everything anew.
  if (!how.incremental) await rm(incrementalFile(name), { force: true });
  const copies = await mkdtemp(join(tmpdir(), 'gatehouse-mutation-'));
  try {
    const results = await new Stryker(options(name, part, { ...how, copies })).runMutationTest();
    return results.map((mutant) => ({ file: relative(process.cwd(), mutant.fileName), mutant }));
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
};
