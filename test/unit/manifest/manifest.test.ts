import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getClientSideLintersOnly, lint, parseSourceFile } from '@forge/lint';
import * as newest from '@forge/manifest';
import Ajv, { type AnySchema, type ValidateFunction } from 'ajv';
import * as ofTheCli from 'forge-cli-manifest';
import { parse } from 'yaml';
import { z } from 'zod';
import * as handlers from '../../../src/index';

const ROOT = resolve(__dirname, '../../..');
const OPENAPI = join(ROOT, '../shared/data/openapi');

const Manifest = z.looseObject({
  app: z.looseObject({ id: z.string() }),
  modules: z.record(z.string(), z.array(z.looseObject({ key: z.string() }))),
  resources: z.array(z.strictObject({ key: z.string(), path: z.string() })),
  permissions: z.looseObject({ scopes: z.array(z.string()) }),
  remotes: z.array(z.looseObject({ key: z.string(), baseUrl: z.string() })),
});
const readManifest = (): unknown => parse(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'));
const manifest = Manifest.parse(readManifest());

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));

const before = { cwd: process.cwd(), env: { ...process.env } };
/** What became of each schema. Nine validators would compile one of two megabytes, for seconds each time. */
const compiled = new Map<unknown, ValidateFunction>();

beforeAll(() => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the one that it is called on
  const { compile } = Ajv.prototype;
  jest.spyOn(Ajv.prototype, 'compile').mockImplementation(function (this: Ajv, schema: AnySchema) {
    // Each of them has imported it as a namespace of its own around the same JSON.
    const json: unknown = typeof schema === 'object' && 'default' in schema ? schema['default'] : schema;
    const validate = compiled.get(json) ?? compile.call(this, schema);
    compiled.set(json, validate);
    return validate;
  });
  process.chdir(ROOT);
  process.env['BRIDGE_URL'] = 'https://bridge.example.com';
});
afterAll(() => {
  process.chdir(before.cwd);
  process.env = before.env;
});

type Kind = 'FULL' | 'PRODUCT_TRIGGER';
const validators = {
  '@forge/manifest': (kind: Kind) =>
    newest.ProcessorBuilder.instance().withValidation(newest.ValidationTypes[kind]),
  'the Forge CLI': (kind: Kind) =>
    ofTheCli.ProcessorBuilder.instance().withValidation(ofTheCli.ValidationTypes[kind]),
};

test.each([
  ['FULL', '@forge/manifest'],
  ['PRODUCT_TRIGGER', '@forge/manifest'],
  ['FULL', 'the Forge CLI'],
  ['PRODUCT_TRIGGER', 'the Forge CLI'],
] as const)(
  'the manifest passes the %s validation of %s',
  async (kind, validator) => {
    const processor = validators[validator](kind).withOptions({ deprecatedRuntimes: [] }).build();
    const { success, errors } = await processor.process();
    expect(errors ?? []).toStrictEqual([]);
    expect(success).toBe(true);
  },
  120_000,
);

/** For the linters' parser: no types are needed, only what is written. */
const SYNTAX_ONLY: object = { project: undefined, errorOnTypeScriptSyntacticAndSemanticIssues: false };

type Parsed = ReturnType<typeof parseSourceFile>;
const parsedFiles = new Map<string, Parsed>();
/** A source file as the linters' parser takes it; parsed once for all linters, which only look at it. */
const parsed = (file: string, parser: Parameters<typeof parseSourceFile>[1]): Parsed => {
  const known =
    parsedFiles.get(file) ?? parseSourceFile(file, (code, path) => parser(code, path, SYNTAX_ONLY));
  parsedFiles.set(file, known);
  return known;
};

/** What the linters say of a manifest and all source files. */
const problems = async (given: unknown, only: (linter: string) => boolean): Promise<string[]> => {
  const logger = { info: () => undefined };
  type Linting = Parameters<typeof lint>;
  const checked = given as newest.ManifestSchema;
  const flags = { getDeprecatedRuntimes: () => Promise.resolve([]) } as Partial<Linting[4]> as Linting[4];
  const linters = await getClientSideLintersOnly(checked, 'DEVELOPMENT', logger, flags);
  // The linters pass over a TypeScript file that no pattern of tsconfig's `include` names, and ours names folders: so
  // the files go in under another ending and are parsed as what they are, each for itself.
  const files = [...sources('src'), ...sources('forge-app')].map((file) => `${file}.js`);
  const results = await lint(files, checked, 'DEVELOPMENT', logger, flags, {
    parseFunction: (file, parser) => parsed(file.replace(/\.js$/, ''), parser),
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
  expect(await problems(readManifest(), (linter) => !ELSEWHERE.includes(linter))).toStrictEqual([]);
}, 300_000);

const withOpenApi = existsSync(OPENAPI) ? test : test.skip;
if (!existsSync(OPENAPI)) {
  console.warn(
    `The scope linter needs Jira's API descriptions in ${OPENAPI}; they are not there, so it is left out.`,
  );
}

const scopeProblems = (scopes: readonly string[]): Promise<string[]> => {
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
  const given = { ...manifest, permissions: { ...manifest.permissions, scopes } };
  return problems(given, (linter) => linter === 'PermissionLinter');
};

const { scopes } = manifest.permissions;

withOpenApi(
  'the scopes are those that the calls to Jira need',
  async () => expect(await scopeProblems(scopes)).toStrictEqual([]),
  300_000,
);

// The scope of the app's own storage: the linter looks at calls to Jira only.
const STORAGE = 'storage:app';

withOpenApi.each(scopes.filter((scope) => scope !== STORAGE))(
  'without the scope %s a call is not allowed',
  async (scope) => {
    const without = await scopeProblems(scopes.filter((other) => other !== scope));
    expect(without).toContainEqual(expect.stringContaining(scope));
  },
  300_000,
);

test('the scope of the storage is there because the storage is used', () => {
  const uses = [...sources('src'), ...sources('forge-app')].some((file) =>
    readFileSync(join(ROOT, file), 'utf8').includes("from '@forge/kvs'"),
  );
  expect(scopes.includes(STORAGE)).toBe(uses);
});

const Function = z.looseObject({ key: z.string(), handler: z.string() });

test('every function has its handler, and every handler its function', () => {
  const functions = z.array(Function).parse(manifest.modules['function']);
  expect([...new Set(functions.map(({ handler }) => handler))].sort()).toEqual(
    Object.keys(handlers)
      .map((name) => `index.${name}`)
      .sort(),
  );
  for (const handler of Object.values(handlers)) expect(typeof handler).toBe('function');
});

// Forge gives it 25 s otherwise: https://developer.atlassian.com/platform/forge/limits-invocation
test('what a schedule or a queue calls is called by nothing else', () => {
  const Calling = z.union([
    z.looseObject({ function: z.string() }).transform((module) => module.function),
    z
      .looseObject({ resolver: z.strictObject({ function: z.string() }) })
      .transform((page) => page.resolver.function),
  ]);
  const calledBy = (isPatient: boolean): string[] =>
    Object.entries(manifest.modules)
      .filter(([type]) => ['scheduledTrigger', 'consumer'].includes(type) === isPatient)
      .flatMap(([, modules]) => modules.flatMap((module) => Calling.safeParse(module).data ?? []));
  expect(calledBy(true)).toHaveLength(5);
  expect(calledBy(true).filter((key) => calledBy(false).includes(key))).toStrictEqual([]);
});

test('keys are unique over all modules and have at most 23 characters', () => {
  const keys = Object.values(manifest.modules).flatMap((modules) => modules.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => key.length > 23)).toStrictEqual([]);
});

test("the app's id holds a UUID, which is the key of the order's property", () => {
  const id = manifest.app.id.replace('ari:cloud:ecosystem::app/', '');
  expect(z.uuid().safeParse(id).success).toBe(true);
});

test('the address of the bridge is filled in at deployment and is the only way out', () => {
  expect(manifest.remotes).toEqual([expect.objectContaining({ key: 'bridge', baseUrl: '${BRIDGE_URL}' })]);
  expect(manifest.permissions['external']).toEqual({ fetch: { backend: [{ remote: 'bridge' }] } });
});

const Page = z.looseObject({
  key: z.string(),
  resource: z.string(),
  render: z.string(),
  resolver: z.strictObject({ function: z.string() }),
  unlicensedAccess: z.array(z.string()).optional(),
});
const pages = Object.entries(manifest.modules).flatMap(([type, modules]) =>
  modules.flatMap((module) => {
    const page = Page.safeParse(module);
    return page.success ? [{ type, ...page.data }] : [];
  }),
);

test('every page shows a resource that is there, in UI Kit, and every resource is shown', () => {
  expect(pages).toHaveLength(5);
  expect(new Set(pages.map(({ render }) => render))).toEqual(new Set(['native']));
  expect(pages.map(({ resource }) => resource).sort()).toEqual(
    manifest.resources.map(({ key }) => key).sort(),
  );
  expect(manifest.resources.filter(({ path }) => !existsSync(join(ROOT, path)))).toStrictEqual([]);
});

test('every page has a resolver, and what customers reach is not what agents reach', () => {
  const functions = z
    .array(Function)
    .parse(manifest.modules['function'])
    .map(({ key }) => key);
  expect(pages.filter(({ resolver }) => !functions.includes(resolver.function))).toStrictEqual([]);
  const resolversOf = (open: boolean) =>
    pages
      .filter(({ unlicensedAccess }) => (unlicensedAccess !== undefined) === open)
      .map((page) => page.resolver.function);
  expect(resolversOf(true).filter((resolver) => resolversOf(false).includes(resolver))).toStrictEqual([]);
});

// No validator looks at these values, and the platform shows customers nothing when one is misspelled.
test('the portal opens to customers without a licence, and nothing else does', () => {
  expect(Object.fromEntries(pages.map(({ type, unlicensedAccess }) => [type, unlicensedAccess]))).toEqual({
    'jiraServiceManagement:portalRequestCreatePropertyPanel': ['customer', 'unlicensed'],
    'jiraServiceManagement:portalRequestDetailPanel': ['customer', 'unlicensed'],
    'jira:issueContext': undefined,
    'jiraServiceManagement:queuePage': undefined,
    'jira:projectSettingsPage': undefined,
  });
});
