import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { z } from 'zod';
import { functionOptions, MODULE_OPTIONS } from '../../infra/bundled-code';
import { ENVIRONMENT } from './quick-aws';

export interface Bundle {
  readonly path: string;
  readonly bytes: number;
  /** Options of Node's that it is run with, besides those that every program has. */
  readonly nodeOptions?: readonly string[];
}

const HERE = __dirname;

/**
 * Bundles code into one file, as CDK's own construct for Node functions does.
 * @param code a module's text, whose imports are relative to `test/bench`
 */
export const bundle = async (folder: string, name: string, code: string): Promise<Bundle> => {
  const path = join(folder, `${name}.mjs`);
  await build({
    ...MODULE_OPTIONS,
    stdin: { contents: code, resolveDir: HERE, sourcefile: `${name}.ts`, loader: 'ts' },
    outfile: path,
    logLevel: 'error',
  });
  return { path, bytes: statSync(path).size };
};

/** Bundles a function of the bridge as it is bundled for Lambda. Its bytes are those that are loaded at a start. */
export const bundleFunction = async (folder: string, part: string): Promise<Bundle> => {
  const directory = join(folder, part);
  const { metafile } = await build({
    ...functionOptions(`aws-bridge/${part}`, directory),
    metafile: true,
    logLevel: 'error',
  });
  const { outputs } = metafile;
  const loaded = new Set(Object.keys(outputs).filter((path) => path.endsWith('/index.mjs')));
  for (const path of loaded) {
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && imported in outputs) loaded.add(imported);
  }
  const bytes = [...loaded].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { path: join(directory, 'index.mjs'), bytes };
};

/** Milliseconds for one program. */
const PATIENCE = 180_000;

/**
 * Runs a bundle in a Node process of its own, without anything of this one.
 * @returns what it wrote last, which has to be JSON of the schema
 */
export const runBundle = async <Schema extends z.ZodType>(
  { path, nodeOptions = [] }: Bundle,
  schema: Schema,
  ...programArguments: readonly string[]
): Promise<z.infer<Schema>> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--no-warnings', ...nodeOptions, path, ...programArguments],
    { env: { ...ENVIRONMENT, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }, timeout: PATIENCE },
  ).catch((error: unknown) => {
    throw new Error(`${path} failed: ${shortly(error)}`);
  });
  return schema.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
};

/** Characters of a line that are shown: a minified bundle is a line of its own, and Node quotes it. */
const LONGEST_LINE = 500;

const shortly = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.slice(0, LONGEST_LINE))
    .join('\n  ');
