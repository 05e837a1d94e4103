import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from '../once';
import { type Assembly, readAssembly } from './assembly';

/** Names the directory in which a run of the tests finds its assembly. */
export const ASSEMBLY = 'GATEHOUSE_SANDBOX_ASSEMBLY';
/** Says why there is none, where synthesis failed. */
export const ASSEMBLY_PROBLEM = 'GATEHOUSE_SANDBOX_ASSEMBLY_PROBLEM';

const read = async (): Promise<Assembly> => {
  const problem = process.env[ASSEMBLY_PROBLEM];
  if (problem !== undefined) throw new Error(`infra could not be synthesized for the sandbox: ${problem}`);
  const made = process.env[ASSEMBLY];
  if (made !== undefined) return readAssembly(made);
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-assembly-'));
  try {
    const { synthesize } = await import('./synthesize');
    synthesize(directory);
    return readAssembly(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/**
 * The assembly that the sandbox boots from: that of the run of tests, or else synthesized now. Read once a process.
 * @throws Error where the run's synthesis failed
 */
export const sandboxAssembly = once(read);
