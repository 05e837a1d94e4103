import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getClientSideLintersOnly, lint, parseSourceFile } from '@forge/lint';
import { type ManifestSchema, ProcessorBuilder, ValidationTypes } from '@forge/manifest';
import { parse } from 'yaml';
import { z } from 'zod';
import * as handlers from '../../../src/index';

const ROOT = resolve(__dirname, '../../..');
const OPENAPI = join(ROOT, '../shared/data/openapi');

const Manifest = z.looseObject({
  app: z.looseObject({ id: z.string() }),
  modules: z.record(z.string(), z.array(z.looseObject({ key: z.string() }))),
  permissions: z.looseObject({ scopes: z.array(z.string()) }),
  remotes: z.array(z.looseObject({ key: z.string(), baseUrl: z.string() })),
});
const readManifest = (): unknown => parse(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'));
const manifest = Manifest.parse(readManifest());

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

const before = { cwd: process.cwd(), env: { ...process.env } };
beforeAll(() => {
  process.chdir(ROOT);
  process.env['BRIDGE_URL'] = 'https://bridge.example.com';
});
afterAll(() => {
  process.chdir(before.cwd);
  process.env = before.env;
});

test.each(['FULL', 'PRODUCT_TRIGGER'] as const)(
  'the manifest passes the %s validation',
  async (kind) => {
    const processor = ProcessorBuilder.instance()
      .withValidation(ValidationTypes[kind])
      .withOptions({ deprecatedRuntimes: [] })
      .build();
    const { success, errors } = await processor.process();
    expect(errors ?? []).toEqual([]);
    expect(success).toBe(true);
  },
  120_000,
);

/** For the linters' parser: no types are needed, only what is written. */
const SYNTAX_ONLY: object = { project: undefined, errorOnTypeScriptSyntacticAndSemanticIssues: false };

/** What the linters say of a manifest and all source files. */
const problems = async (given: unknown, only: (linter: string) => boolean): Promise<string[]> => {
  const logger = { info: () => undefined };
  type Linting = Parameters<typeof lint>;
  const checked = given as ManifestSchema;
  const flags = { getDeprecatedRuntimes: () => Promise.resolve([]) } as Partial<Linting[4]> as Linting[4];
  const linters = await getClientSideLintersOnly(checked, 'DEVELOPMENT', logger, flags);
  // The linters pass over a TypeScript file that no pattern of tsconfig's `include` names, and ours names folders: so
  // the files go in under another ending and are parsed as what they are, each for itself.
  const files = [...sources('src'), ...sources('forge-app')].map((file) => `${file}.js`);
  const results = await lint(files, checked, 'DEVELOPMENT', logger, flags, {
    parseFunction: (file, parser) =>
      parseSourceFile(file.replace(/\.js$/, ''), (code, path) => parser(code, path, SYNTAX_ONLY)),
    linters: linters.filter((linter) => only(linter.constructor.name)),
    linter: { mode: 'client-side' },
  });
  return results.flatMap(({ file, errors, warnings }) =>
    [...errors, ...warnings].map(({ line, message }) => `${file}:${line} ${message}`),
  );
};

/** The scope linter has a test of its own; the two others repeat the validations above, which are slow. */
const ELSEWHERE = ['PermissionLinter', 'FullManifestLinter', 'PermissionsManifestLinter'];

test('no linter but the scope linter has anything to say', async () => {
  expect(await problems(readManifest(), (linter) => !ELSEWHERE.includes(linter))).toEqual([]);
}, 300_000);

const withOpenApi = existsSync(OPENAPI) ? test : test.skip;
if (!existsSync(OPENAPI)) {
  console.warn(
    `The scope linter needs Jira's API descriptions in ${OPENAPI}; they are not there, so it is left out.`,
  );
}

withOpenApi(
  'the scopes are those that the calls to Jira need, none less',
  async () => {
    const none = join(mkdtempSync(join(tmpdir(), 'openapi-')), 'none.json');
    writeFileSync(none, '{"paths":{}}');
    Object.assign(process.env, {
      USE_LOCAL_SWAGGER: '1',
      LOCAL_JIRA_SWAGGER: join(OPENAPI, 'jira-platform.v3.json'),
      LOCAL_JSM_SWAGGER: join(OPENAPI, 'jsm-cloud.v3.json'),
      LOCAL_JSW_SWAGGER: none,
      LOCAL_CONF_SWAGGER: none,
      LOCAL_CONF_V2_SWAGGER: none,
      LOCAL_BB_SWAGGER: none,
    });
    const only = (linter: string) => linter === 'PermissionLinter';
    expect(await problems(readManifest(), only)).toEqual([]);

    const missed = await problems(
      { ...manifest, permissions: { ...manifest.permissions, scopes: ['storage:app'] } },
      only,
    );
    const needed = manifest.permissions.scopes.filter((scope) => scope !== 'storage:app');
    expect(needed.filter((scope) => !missed.some((problem) => problem.includes(scope)))).toEqual([]);
  },
  300_000,
);

const Function = z.looseObject({ key: z.string(), handler: z.string() });

test('every function has its handler, and every handler its function', () => {
  const functions = z.array(Function).parse(manifest.modules['function']);
  expect(functions.map(({ handler }) => handler).sort()).toEqual(
    Object.keys(handlers)
      .map((name) => `index.${name}`)
      .sort(),
  );
  for (const handler of Object.values(handlers)) expect(typeof handler).toBe('function');
});

test('keys are unique over all modules and have at most 23 characters', () => {
  const keys = Object.values(manifest.modules).flatMap((modules) => modules.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => key.length > 23)).toEqual([]);
});

test("the app's id holds a UUID, which is the key of the order's property", () => {
  const id = manifest.app.id.replace('ari:cloud:ecosystem::app/', '');
  expect(z.uuid().safeParse(id).success).toBe(true);
});

test('the address of the bridge is filled in at deployment and is the only way out', () => {
  expect(manifest.remotes).toEqual([expect.objectContaining({ key: 'bridge', baseUrl: '${BRIDGE_URL}' })]);
  expect(manifest.permissions['external']).toEqual({ fetch: { backend: [{ remote: 'bridge' }] } });
});
