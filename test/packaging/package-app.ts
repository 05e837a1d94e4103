import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getEntryPoints, getNodeBundler, NativeUIBundler } from '@forge/bundler';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Packaged } from './packaged';

const Manifest = z.object({
  app: z.object({}),
  modules: z.object({ function: z.array(z.object({ handler: z.string() })) }),
  resources: z.array(z.object({ key: z.string(), path: z.string() })),
});

const ROOT = resolve(__dirname, '../..');
const silent = () => undefined;
const warnings: string[] = [];
// The bundler's types are those of Atlassian's CLI, whose ports have many more methods than it calls; hence the casts below.
const logger = {
  ...{
    info: silent,
    debug: silent,
    trace: silent,
    error: (problem: unknown) => void warnings.push(String(problem)),
  },
  warn: (problem: unknown) => void warnings.push(String(problem)),
};

/** What lies in a folder, which is then gone. */
const takeSizes = (folder: string): Record<string, number> => {
  const sizes = Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.endsWith('.map'))
      .map((name) => [name, statSync(join(folder, name)).size]),
  );
  rmSync(folder, { recursive: true, force: true });
  return sizes;
};

/** Packages the app with Forge's own bundler, as `forge deploy` does before it uploads anything. */
const packageApp = async (): Promise<Packaged> => {
  process.chdir(ROOT);
  const manifest = Manifest.parse(parse(readFileSync('manifest.yml', 'utf8')));
  // The one thing that Forge's packaging does not bring along: the platform's own loader, which it takes from a server of
  // Atlassian's and puts beside the bundle as it is.
  const runtime = { script: '', source: '', version: 'none' };
  const bundler = getNodeBundler(
    logger as never,
    {
      getNodeRuntimeWrapper: () => Promise.resolve(runtime),
      getNodeRuntimeLoader: () => Promise.resolve(runtime),
    },
    { readConfig: () => Promise.resolve(manifest) } as never,
  );
  const modules = manifest.modules.function.map(({ handler }) => ({ module: handler.split('.')[0] ?? '' }));
  const handlers = await bundler.bundle({
    appDirectory: ROOT,
    entryPoints: getEntryPoints(modules as never),
  });
  const packaged = { handlers: takeSizes(handlers.outputDir), resources: {}, warnings };
  // One after the other: each compiles its page in a program of its own, which takes half a gigabyte.
  for (const resource of manifest.resources) {
    const bundler = new NativeUIBundler(logger as never);
    const { nativeUiBundlesDetails } = await bundler.bundleResources([resource as never]);
    for (const { key, path } of nativeUiBundlesDetails)
      Object.assign(packaged.resources, { [key]: takeSizes(path) });
  }
  return packaged;
};

packageApp().then(
  (packaged) => process.stdout.write(`${JSON.stringify(packaged)}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
