import { join } from 'node:path';
import { build, type BuildFailure } from 'esbuild';

const ROOT = join(__dirname, '../..');

/** A UI Kit resource as one script. */
export interface ResourceBundle {
  readonly code: string;
  /** Files that it was made of, relative to the project. */
  readonly inputs: readonly string[];
}

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error;

/**
 * Bundles a UI Kit resource with the real `@forge/react` and `@forge/bridge`, as the platform would load it.
 * @param path of its entry, as the manifest gives it
 * @param react which of React's builds it runs on; `development` reports mistakes such as a missing key
 * @throws Error naming the resource and what does not compile
 */
export const bundleResource = async (
  path: string,
  react: 'development' | 'production',
): Promise<ResourceBundle> => {
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: [join(ROOT, path)],
      absWorkingDir: ROOT,
      bundle: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      jsx: 'automatic',
      minify: react === 'production',
      define: { 'process.env.NODE_ENV': JSON.stringify(react) },
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    return { code: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const problems = error.errors.map(
      ({ text, location }) => `${location === null ? '' : `${location.file}:${location.line} `}${text}`,
    );
    throw new Error(`The resource ${path} does not compile:\n${problems.join('\n')}`, { cause: error });
  }
};
