import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseManifest } from '../sandbox/atlassian/manifest';
import type { Packaged } from './packaged';

const ROOT = join(__dirname, '../..');

/** In a process of its own: the bundler goes by the working folder, and leaves its compilers in memory. */
const packageApp = async (): Promise<Packaged & { readonly connections: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'packaging-'));
  const connections = join(folder, 'connections');
  writeFileSync(connections, '');
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'test/packaging/package-app.ts')],
      {
        cwd: ROOT,
        maxBuffer: 16 * 1024 * 1024,
        env: {
          ...process.env,
          CONNECTIONS: connections,
          NODE_OPTIONS: `--require ${join(ROOT, 'test/infra/no-network.cjs')}`,
        },
      },
    );
    // Its other end is package-app.ts.
    const packaged = JSON.parse(stdout) as Packaged;
    return { ...packaged, connections: readFileSync(connections, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const kilobytes = (files: Readonly<Record<string, number>>): number =>
  Math.round(Object.values(files).reduce((sum, size) => sum + size, 0) / 1000);

/** What is wrong with a package. */
const faultsOf = (packaged: Awaited<ReturnType<typeof packageApp>>): readonly string[] => {
  const { resources } = parseManifest(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'));
  return [
    ...packaged.warnings.map((warning) => `Forge warns: ${warning}`),
    ...(packaged.connections === '' ? [] : [`It wanted to connect:\n${packaged.connections}`]),
    ...(packaged.handlers['index.cjs'] === undefined ? ['The handlers are missing: no index.cjs.'] : []),
    ...resources.flatMap(({ key }) =>
      ['index.html', `${key}.js`]
        .filter((file) => packaged.resources[key]?.[file] === undefined)
        .map((file) => `The page ${key} is missing: no ${file}.`),
    ),
  ];
};

const run = async (): Promise<boolean> => {
  console.log("Packaging the app with Forge's own bundler, without any network; this takes a few minutes …");
  const packaged = await packageApp();
  for (const [name, files] of Object.entries({ handlers: packaged.handlers, ...packaged.resources })) {
    console.log(`  ${name}: ${kilobytes(files)} kB`);
  }
  const faults = faultsOf(packaged);
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log('Packaged.');
  return faults.length === 0;
};

run().then(
  (whole) => process.exit(whole ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
