import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-synth-'));
  mkdirSync(join(folder, 'home'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Nothing that could lead to credentials, and every connection but those between processes is written down. */
const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'infra/main.ts', ...args],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: join(folder, 'home'),
        NODE_OPTIONS: `--require ${require.resolve('./no-network.cjs')}`,
        CONNECTIONS: join(folder, 'connections'),
        ...environment,
      },
    },
  );
  return { status, stdout, stderr };
};
const connections = (): string =>
  existsSync(join(folder, 'connections')) ? readFileSync(join(folder, 'connections'), 'utf8') : '';

test('all templates are written and listed without credentials, home or network, the code of functions included', () => {
  const output = join(folder, 'out');
  const { status, stdout, stderr } = run(['--output', output]);

  expect(stderr).not.toMatch(/error/i);
  expect(status).toBe(0);
  for (const stack of ['organization', 'tenant', 'hub', 'bridge', 'tenants']) {
    expect(stdout).toMatch(
      new RegExp(`^gatehouse-${stack} +\\d{12} +eu-west-1 +.*gatehouse-${stack}\\.template\\.json$`, 'm'),
    );
    expect(existsSync(join(output, `gatehouse-${stack}.template.json`))).toBe(true);
  }
  expect(stdout).toMatch(/^service control policy +.*service-control-policy\.json$/m);
  expect(stdout.trim().split('\n')).toHaveLength(6);
  const bundles = readdirSync(output).filter((name) => existsSync(join(output, name, 'index.mjs')));
  expect(bundles.length).toBeGreaterThanOrEqual(5);
  expect(connections()).toBe('');
});

test('a connection would be noticed', () => {
  const script = join(folder, 'connect.cjs');
  writeFileSync(script, "require('node:http').get('http://127.0.0.1:9/').on('error', () => undefined);");
  spawnSync(process.execPath, [script], {
    env: {
      NODE_OPTIONS: `--require ${require.resolve('./no-network.cjs')}`,
      CONNECTIONS: join(folder, 'connections'),
    },
  });
  expect(connections()).toContain('127.0.0.1');
});

test('the example is never deployed', () => {
  const { status, stderr } = run([], {
    CDK_OUTDIR: join(folder, 'out'),
    GATEHOUSE_CONFIG: 'gatehouse.example.yml',
  });
  expect(stderr).toMatch(/^gatehouse\.example\.yml: organization\.id is "o-exampleorg1".*write your own\n$/);
  expect(status).toBe(1);
});

test('a configuration that is refused is told without a stack trace', () => {
  const file = join(folder, 'gatehouse.yml');
  writeFileSync(file, 'regions: [eu-west]\n');
  const { status, stderr } = run(['--config', file]);
  expect(stderr).toContain(`${file}: regions[0] is "eu-west": write a region such as eu-west-1\n`);
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(1);
});

test('--help says what it takes, and an unknown option that it is one', () => {
  expect(run(['--help'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('--config FILE') as unknown,
  });
  const { status, stderr } = run(['--stack']);
  expect(stderr).toMatch(/^Unknown option '--stack'/);
  expect(status).toBe(1);
});
