import { join } from 'node:path';
import { AssetHashType, DockerImage, aws_lambda as lambda } from 'aws-cdk-lib';
import { buildSync, type BuildOptions } from 'esbuild';

const ROOT = join(__dirname, '..');

/**
 * How code becomes an ES module for Lambda's Node 24. The AWS clients are in it, so what was tested is what runs. No source
 * map: a log names errors and never quotes a stack, and a map would triple what is loaded at a start.
 */
export const MODULE_OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  treeShaking: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Only ES modules can be shaken; for a Node platform esbuild would otherwise prefer CommonJS.
  mainFields: ['module', 'main'],
  // For Node it comes as CommonJS that requires, which an ES module cannot; its other half is the same, as ES modules.
  alias: { yaml: join(ROOT, 'node_modules/yaml/browser/index.js') },
  sourcemap: false,
} as const satisfies BuildOptions;

/**
 * How a folder's `main.ts` becomes a function's code: `index.mjs`, and beside it what that imports only when it needs it. In
 * one file all of that would be read at every start, and most of the rest twice.
 * @param folder relative to the project's
 */
export const functionOptions = (folder: string, directory: string) =>
  ({
    ...MODULE_OPTIONS,
    entryPoints: [join(ROOT, folder, 'main.ts')],
    splitting: true,
    outdir: directory,
    entryNames: 'index',
    outExtension: { '.js': '.mjs' },
  }) as const satisfies BuildOptions;

/**
 * A folder's code as an asset, bundled by the esbuild of this project, without Docker. CDK makes assets of one folder once,
 * so each function is an asset of its own folder.
 */
export const bundledCode = (folder: string): lambda.Code =>
  lambda.Code.fromAsset(join(ROOT, folder), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Asked for by the type; never fetched, since bundling here always succeeds or throws.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (directory) => {
          buildSync({ ...functionOptions(folder, directory), logLevel: 'warning' });
          return true;
        },
      },
    },
  });
