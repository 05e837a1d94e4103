import { build, type Metafile } from 'esbuild';
import { functionOptions } from '../../../infra/bundled-code';
import type { FUNCTION } from '../../../infra/names';

type BridgePart = keyof typeof FUNCTION;

type Inputs = Metafile['outputs'][string]['inputs'];

/** Bundled as it is deployed: what is loaded at a start, and what it is made of, all that may be loaded later included. */
const bundle = async (part: BridgePart): Promise<{ bytes: number; atStart: Inputs; inputs: Inputs }> => {
  const { metafile } = await build({
    ...functionOptions(`aws-bridge/${part}`, 'out'),
    metafile: true,
    write: false,
  });
  const { outputs } = metafile;
  const loaded = new Set(Object.keys(outputs).filter((path) => path.endsWith('/index.mjs')));
  for (const path of loaded) {
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && imported in outputs) loaded.add(imported);
  }
  const files = [...loaded].flatMap((path) => outputs[path] ?? []);
  const together = (of: readonly { inputs: Inputs }[]): Inputs =>
    Object.assign({}, ...of.map(({ inputs }) => inputs)) as Inputs;
  return {
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    atStart: together(files),
    inputs: together(Object.values(outputs)),
  };
};

/** What weighs most, by package, for whoever has to find out why a bundle has grown. */
const heaviest = (inputs: Inputs): string => {
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
  { name: 'ingress', kilobytes: 60, clients: [] },
  {
    name: 'operation',
    kilobytes: 600,
    clients: ['client-cloudformation', 'client-lambda', 'client-service-catalog', 'client-sts'],
  },
  // It reads templates, which may be YAML.
  { name: 'catalog', kilobytes: 440, clients: ['client-cloudformation', 'client-service-catalog'] },
  { name: 'wake', kilobytes: 50, clients: [] },
  { name: 'watch', kilobytes: 290, clients: ['client-lambda'] },
  { name: 'gate', kilobytes: 85, clients: [] },
];
const bundles = new Map<BridgePart, ReturnType<typeof bundle>>();
const bundled = (name: BridgePart): ReturnType<typeof bundle> => {
  const made = bundles.get(name) ?? bundle(name);
  bundles.set(name, made);
  return made;
};

test.each(FUNCTIONS)(
  'the $name function loads at most $kilobytes kB at a start',
  async ({ name, kilobytes }) => {
    const { bytes, atStart } = await bundled(name);
    const size = `${name}: ${(bytes / 1000).toFixed(1)} kB (${heaviest(atStart)})`;
    process.stdout.write(`${size}\n`);
    if (bytes > kilobytes * 1000) throw new Error(`${size} is more than ${kilobytes} kB`);
  },
);

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
  expect(Object.keys(inputs).filter((path) => path.includes('zod/v4/classic/'))).toStrictEqual([]);
});

test('the ingress does without schemas at a start', async () => {
  const { atStart } = await bundled('ingress');
  expect(Object.keys(atStart).filter((path) => path.includes('node_modules/zod/'))).toStrictEqual([]);
});
