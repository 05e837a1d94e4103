import { join } from 'node:path';
import { build, type BuildFailure, type BuildOptions, type OutputFile } from 'esbuild';

const ROOT = join(__dirname, '../..');

/** @throws Error naming what does not compile, and where */
const orSay = async <Built>(path: string, building: Promise<Built>): Promise<Built> => {
  try {
    return await building;
  } catch (error) {
    if (!(error instanceof Error && 'errors' in error)) throw error;
    // That is how esbuild rejects.
    const problems = (error as BuildFailure).errors.map(
      ({ text, location }) => `${location === null ? '' : `${location.file}:${location.line} `}${text}`,
    );
    throw new Error(`${path} does not compile:\n${problems.join('\n')}`, { cause: error });
  }
};

const optionsFor = (
  path: string,
  react: 'development' | 'production',
): BuildOptions & { readonly write: false } => ({
  entryPoints: [join(ROOT, path)],
  absWorkingDir: ROOT,
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  minify: react === 'production',
  define: { 'process.env.NODE_ENV': JSON.stringify(react), 'process.env': '{}' },
  write: false,
  logLevel: 'silent',
});

const made = new Map<string, Promise<readonly OutputFile[]>>();

/** Made once a process: sources do not change while it lasts. */
const outputOf = (path: string, options: BuildOptions & { readonly write: false }) => {
  const key = JSON.stringify(options);
  const output = made.get(key) ?? orSay(path, build(options)).then(({ outputFiles }) => outputFiles);
  made.set(key, output);
  return output;
};

/**
 * Bundles a UI Kit resource with the real `@forge/react` and `@forge/bridge`, as the platform would load it.
 * @param path of its entry, as the manifest gives it
 * @param react which of React's builds it runs on; `development` reports mistakes such as a missing key
 * @throws Error naming the resource and what does not compile
 */
export const bundleResource = async (path: string, react: 'development' | 'production'): Promise<string> => {
  const [script] = await outputOf(path, optionsFor(path, react));
  return script?.text ?? '';
};

/**
 * Bundles a script for a browser together with the style sheets of what it shows.
 * @param path of its entry, relative to the project
 * @throws Error naming what does not compile
 */
export const bundleWithStyles = async (
  path: string,
): Promise<{ readonly script: string; readonly styles: string }> => {
  const output = await outputOf(path, {
    ...optionsFor(path, 'production'),
    outdir: join(ROOT, 'bundled'),
    loader: { '.woff2': 'dataurl', '.svg': 'dataurl' },
  });
  const ending = (end: string) => output.find((file) => file.path.endsWith(end))?.text ?? '';
  return { script: ending('.js'), styles: ending('.css') };
};
