import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

const root = join(__dirname, '../../../..');

/** Bundled as it is deployed: one ES module for Lambda's Node 24. */
const bundle = async (
  entry: string,
): Promise<{ bytes: number; inputs: Metafile['outputs'][string]['inputs'] }> => {
  const { metafile } = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Only ES modules can be shaken; for a Node platform esbuild would otherwise prefer CommonJS.
    mainFields: ['module', 'main'],
    outfile: 'bundle.mjs',
    metafile: true,
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  if (!output) throw new Error(`esbuild made nothing of ${entry}`);
  return { bytes: output.bytes, inputs: output.inputs };
};

/** What weighs most, by package, for whoever has to find out why a bundle has grown. */
const heaviest = (inputs: Metafile['outputs'][string]['inputs']): string => {
  const packages = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'the bridge itself';
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
  }
  return [...packages]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 8)
    .map(([name, bytes]) => `${name} ${(bytes / 1000).toFixed(1)} kB`)
    .join(', ');
};

const limits = [
  { entry: 'aws-bridge/ingress/main.ts', kilobytes: 120 },
  { entry: 'aws-bridge/operation/main.ts', kilobytes: 700 },
  { entry: 'aws-bridge/catalog/main.ts', kilobytes: 500 },
  { entry: 'aws-bridge/wake/main.ts', kilobytes: 520 },
];

test.each(limits.filter(({ entry }) => existsSync(join(root, entry))))(
  '$entry is at most $kilobytes kB',
  async ({ entry, kilobytes }) => {
    const { bytes, inputs } = await bundle(entry);
    const size = `${entry}: ${(bytes / 1000).toFixed(1)} kB (${heaviest(inputs)})`;
    process.stdout.write(`${size}\n`);
    if (bytes > kilobytes * 1000) throw new Error(`${size} is more than ${kilobytes} kB`);
  },
);

test('the ingress has no AWS client in it', async () => {
  const { inputs } = await bundle('aws-bridge/ingress/main.ts');
  expect(Object.keys(inputs).filter((path) => path.includes('@aws-sdk/client-'))).toEqual([]);
});
