import { build, type Metafile } from 'esbuild';
import { bundleOptions } from '../../../infra/bundled-code';
import type { FUNCTION } from '../../../infra/names';

type BridgePart = keyof typeof FUNCTION;

/** Bundled as it is deployed. */
const bundle = async (
  part: BridgePart,
): Promise<{ bytes: number; inputs: Metafile['outputs'][string]['inputs'] }> => {
  const { metafile } = await build({
    ...bundleOptions(`aws-bridge/${part}`),
    outfile: 'index.mjs',
    metafile: true,
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  if (!output) throw new Error(`esbuild made nothing of ${part}`);
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

const FUNCTIONS: readonly { name: BridgePart; kilobytes: number; clients: string[] }[] = [
  { name: 'ingress', kilobytes: 120, clients: [] },
  {
    name: 'operation',
    kilobytes: 700,
    clients: ['client-cloudformation', 'client-lambda', 'client-service-catalog', 'client-sts'],
  },
  // It reads templates, which may be YAML.
  { name: 'catalog', kilobytes: 540, clients: ['client-cloudformation', 'client-service-catalog'] },
  { name: 'wake', kilobytes: 120, clients: [] },
  { name: 'watch', kilobytes: 420, clients: ['client-lambda'] },
  { name: 'gate', kilobytes: 120, clients: [] },
];
const bundles = new Map<BridgePart, ReturnType<typeof bundle>>();
const bundled = (name: BridgePart): ReturnType<typeof bundle> => {
  const made = bundles.get(name) ?? bundle(name);
  bundles.set(name, made);
  return made;
};

test.each(FUNCTIONS)('the $name function is at most $kilobytes kB', async ({ name, kilobytes }) => {
  const { bytes, inputs } = await bundled(name);
  const size = `${name}: ${(bytes / 1000).toFixed(1)} kB (${heaviest(inputs)})`;
  process.stdout.write(`${size}\n`);
  if (bytes > kilobytes * 1000) throw new Error(`${size} is more than ${kilobytes} kB`);
});

test.each(FUNCTIONS)(
  'the $name function has the AWS clients $clients, no others',
  async ({ name, clients }) => {
    const { inputs } = await bundled(name);
    const found = Object.keys(inputs).flatMap((path) => /@aws-sdk\/(client-[^/]+)\//.exec(path)?.[1] ?? []);
    expect([...new Set(found)].sort()).toEqual(clients);
  },
);

test.each(FUNCTIONS)('the $name function does without classic zod', async ({ name }) => {
  const { inputs } = await bundled(name);
  expect(Object.keys(inputs).filter((path) => path.includes('zod/v4/classic/'))).toEqual([]);
});
