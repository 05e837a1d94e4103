import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseManifest } from '../sandbox/atlassian/manifest';
import type { Packaged } from './packaged';

const ROOT = join(__dirname, '../..');
const { resources } = parseManifest(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'));

/** In a process of its own: the bundler goes by the working folder, and leaves its compilers in memory. */
const packageApp = async (): Promise<Packaged & { readonly connections: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'packaging-'));
  const connections = join(folder, 'connections');
  writeFileSync(connections, '');
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
};

test("Forge's own bundler packages the handlers and every page, without any network", async () => {
  const { handlers, resources: pages, warnings, connections } = await packageApp();
  expect(connections).toBe('');
  expect(Object.keys(handlers)).toEqual(['index.cjs']);
  expect(Object.keys(pages).sort()).toEqual(resources.map(({ key }) => key).sort());
  for (const [key, files] of Object.entries(pages)) {
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['index.html', `${key}.js`]));
  }
  expect(warnings).toEqual([]);

  const kilobytes = (files: Readonly<Record<string, number>>): number =>
    Math.round(Object.values(files).reduce((sum, size) => sum + size, 0) / 1000);
  const sizes = Object.entries({ handlers, ...pages }).map(
    ([name, files]) => `${name} ${kilobytes(files)} kB`,
  );
  console.info(`Packaged by Forge's bundler: ${sizes.join(', ')}`);
}, 900_000);
