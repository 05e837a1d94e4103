import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { z } from 'zod';
import { catalogue } from '../../products/catalogue';
import type { Product } from '../../products/product';
import type { Template } from './aws/stacks';

/** A product as the sandbox puts it into the hub's portfolio. */
export interface SynthesizedProduct {
  readonly product: Product;
  readonly template: Template;
}

let synthesized: readonly SynthesizedProduct[] | undefined;

/** Synthesizes every product of the catalogue in this process; done once, without credentials. */
export const synthesizeProducts = (): readonly SynthesizedProduct[] => (synthesized ??= synthesize());

const synthesize = (): readonly SynthesizedProduct[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'gatehouse-products-'));
  try {
    const app = new App({
      context: { 'aws:cdk:bundling-stacks': [] },
      outdir,
      // It would look at the scaffold around the products only, which is empty and never deployed.
      builtinCloudFormationValidation: false,
    });
    const hub = new Stack(app, 'hub');
    const stacks = catalogue.map((product) => {
      const { template } = product.versions[0];
      if (!('stack' in template)) throw new Error(`${product.key} comes from a file`);
      return { product, stack: new template.stack(hub, product.key) };
    });
    app.synth();
    return stacks.map(({ product, stack }) => {
      const text = readFileSync(join(outdir, stack.templateFile), 'utf8');
      return { product, template: z.record(z.string(), z.unknown()).parse(JSON.parse(text)) };
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};
