import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import { ROOT } from '../sandbox/site';

/** A change of one place in the product's code. */
export interface Patch {
  /** From the project's root. */
  readonly file: string;
  /** What stands there, exactly once. */
  readonly from: string;
  readonly to: string;
}

/** A patch does not fit the code any more: the code was changed, and the patch has to follow. */
export class PatchUnfit extends Error {
  override readonly name = 'PatchUnfit';
  constructor({ file, from }: Patch, found: number) {
    super(`${file} has ${found} times, not once, what is to be patched: ${from}`);
  }
}

const OUTPUT = join(ROOT, 'node_modules', '.cache', 'gatehouse-simulation');
const SDK = /^@aws-sdk\/client-(sts|service-catalog|cloudformation|lambda)$|^@smithy\/signature-v4$/;

/** The bridge's own clients lead to what stands in for them. */
const sdkStandIn: Plugin = {
  name: 'sdk-stand-in',
  setup: (build) => {
    build.onResolve({ filter: SDK }, ({ importer }) =>
      relative(ROOT, importer).startsWith(`aws-bridge${sep}`)
        ? { path: join(__dirname, 'world', 'sdk.ts') }
        : undefined,
    );
  },
};

const patched = (patches: readonly Patch[]): Plugin => ({
  name: 'patched',
  setup: (build) => {
    const done = new Set<Patch>();
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const here = patches.filter(({ file }) => join(ROOT, file) === path);
      if (here.length === 0) return undefined;
      const contents = here.reduce(
        (text, patch) => {
          const parts = text.split(patch.from);
          if (parts.length !== 2) throw new PatchUnfit(patch, parts.length - 1);
          done.add(patch);
          return parts.join(patch.to);
        },
        readFileSync(path, 'utf8'),
      );
      return { contents, loader: 'ts' };
    });
    build.onEnd(() => {
      const left = patches.find((patch) => !done.has(patch));
      if (left) throw new PatchUnfit(left, 0);
    });
  },
});

/** Names what runs: the same for the same code, wherever it lies. @param file what `buildWorker` made */
export const codeOf = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(file, 'utf8').replaceAll(ROOT, ''))
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');

/**
 * Puts the simulation with the product's code into one file that a worker can run.
 * @returns its path
 * @throws PatchUnfit
 */
export const buildWorker = async (patches: readonly Patch[] = []): Promise<string> => {
  const name = createHash('sha256').update(JSON.stringify(patches)).digest('hex').slice(0, 16);
  const outfile = join(OUTPUT, `${name}-${process.pid}.cjs`);
  mkdirSync(OUTPUT, { recursive: true });
  await bundle({
    entryPoints: [join(__dirname, 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    // What finds its files beside itself finds them where its source lies.
    define: { __dirname: JSON.stringify(join(ROOT, 'test', 'sandbox')) },
    plugins: [sdkStandIn, patched(patches)],
    logLevel: 'error',
  });
  return outfile;
};
