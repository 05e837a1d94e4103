import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { z } from 'zod';
import type { Product, Version, VersionTemplate } from '../products/product';

type Template = Readonly<Record<string, unknown>>;

/** A version that comes from code, as it is synthesized today. */
export interface CurrentVersion {
  readonly product: Product;
  readonly version: Version;
  readonly template: Template;
  /** Where it is kept, relative to `products/`. */
  readonly file: string;
}

/** Where a version's template is kept from its release on, relative to `products/`. */
export const keptFile = (product: Product, version: Version): string =>
  `versions/${product.key}/${version.name}.template.json`;

/** Synthesizes, without credentials, every version that comes from code. */
export const synthesizeCurrent = (products: readonly Product[]): readonly CurrentVersion[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'gatehouse-versions-'));
  try {
    const app = new App({
      context: { 'aws:cdk:bundling-stacks': [] },
      outdir,
      // It would look at the stack around the products, which is empty and never deployed.
      builtinCloudFormationValidation: false,
    });
    const around = new Stack(app, 'products');
    const stacks = products.flatMap((product) =>
      product.versions.flatMap((version) =>
        isCode(version.template)
          ? [
              {
                product,
                version,
                stack: new version.template.stack(around, `${product.key}-${version.name}`),
              },
            ]
          : [],
      ),
    );
    app.synth();
    return stacks.map(({ product, version, stack }) => ({
      product,
      version,
      template: readTemplate(join(outdir, stack.templateFile)),
      file: keptFile(product, version),
    }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

const isCode = (template: VersionTemplate): template is Extract<VersionTemplate, { stack: unknown }> =>
  'stack' in template;

/** @throws Error where there is no such file, or no JSON object in it */
export const readTemplate = (file: string): Template =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));

/**
 * Writes the file of every version that has none, in the folder `products`. What is there stays as it is.
 * @param layOut a template's JSON as it is to stand in the file of that path
 * @returns the files that were written
 * @throws Error for a version whose template is not the one that was kept under its name; then nothing is written
 */
export const keepVersions = async (
  products: readonly Product[],
  folder: string,
  layOut: (json: string, path: string) => Promise<string>,
): Promise<readonly string[]> => {
  const current = synthesizeCurrent(products);
  const unkept = current.filter(({ file }) => !existsSync(join(folder, file)));
  for (const kept of current.filter((version) => !unkept.includes(version))) refuseAnother(kept, folder);
  for (const { file, template } of unkept) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    // `wx`: a file that appeared in the meantime is not overwritten, either.
    writeFileSync(path, await layOut(JSON.stringify(template), path), { flag: 'wx' });
  }
  return unkept.map(({ file }) => file);
};

const refuseAnother = ({ product, version, template, file }: CurrentVersion, folder: string): void => {
  if (!isDeepStrictEqual(readTemplate(join(folder, file)), template)) {
    throw new Error(howToChange(product, version));
  }
};

/** What to do about a released version whose code now says something else. */
export const howToChange = (product: Product, version: Version): string =>
  `The template of ${product.key} ${version.name} is no longer the one in products/${keptFile(product, version)}. ` +
  `What was released is not changed: in products/${product.key}.ts give the code a new version's name, keep ` +
  `${version.name} below it as { file: '${keptFile(product, version)}' }, and run npm run keep-version.`;
