import { join } from 'node:path';
import { AssetHashType, DockerImage, aws_lambda as lambda } from 'aws-cdk-lib';
import { buildSync, type BuildOptions } from 'esbuild';

/** A folder below this one whose `main.ts` exports the handlers of a custom resource. */
export type Handlers = 'share' | 'guidance';

const ROOT = join(__dirname, '../..');

/** How handlers become one ES module for Lambda's Node 24, the AWS client in it: what was tested is what runs. */
export const bundleOptions = (handlers: Handlers) =>
  ({
    entryPoints: [join(__dirname, handlers, 'main.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Only ES modules can be shaken; for a Node platform esbuild would otherwise prefer CommonJS.
    mainFields: ['module', 'main'],
  }) as const satisfies BuildOptions;

export const bundledCode = (handlers: Handlers): lambda.Code =>
  lambda.Code.fromAsset(join(__dirname, handlers), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The type asks for an image. None is ever fetched: bundling here succeeds or throws.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (directory) => {
          buildSync({
            ...bundleOptions(handlers),
            outfile: join(directory, 'index.mjs'),
            logLevel: 'warning',
          });
          return true;
        },
      },
    },
  });
