import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASSEMBLY, ASSEMBLY_PROBLEM } from './sandbox-assembly';
import { synthesize } from './synthesize';

/**
 * Synthesizes the assembly once for all of Jest's workers. Where that fails, every test that boots a sandbox fails with
 * the reason, and those that need none run.
 */
export default (): void => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-assembly-'));
  process.env[ASSEMBLY] = directory;
  try {
    synthesize(directory);
  } catch (error) {
    process.env[ASSEMBLY_PROBLEM] = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
};
