import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '../sandbox/atlassian/manifest';
import { bundleResource } from './resource-bundle';

const ROOT = join(__dirname, '../..');

/** A page of the app as a browser loads it. */
export interface PageBundle {
  /** As the manifest names the resource. */
  readonly resource: string;
  /** Where a browser finds it: `/ui/<resource>.js`. */
  readonly path: string;
  readonly code: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * Bundles every resource of the manifest for a browser.
 * @throws Error naming the resource that does not compile, and why
 */
export const buildBundles = async (): Promise<readonly PageBundle[]> => {
  const { resources } = parseManifest(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'));
  return Promise.all(
    resources.map(async ({ key, path }) => {
      const code = await bundleResource(path, 'production');
      return { resource: key, path: `/ui/${key}.js`, code, size: Buffer.byteLength(code) };
    }),
  );
};
