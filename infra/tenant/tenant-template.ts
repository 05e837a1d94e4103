import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Product } from '../../products/product';
import type { Configuration } from '../configuration';
import { TenantStack } from './tenant-stack';

/** Bytes of a template that CloudFormation reads from S3. */
const LONGEST_TEMPLATE = 1_048_576;

/**
 * The template that the StackSet puts into every tenant account: the same for all accounts and regions.
 * @throws where it is longer than CloudFormation takes
 */
export const tenantTemplate = (
  configuration: Configuration,
  catalogue: readonly Product[],
): Readonly<Record<string, unknown>> => {
  const outdir = mkdtempSync(join(tmpdir(), 'gatehouse-tenant-'));
  try {
    const app = new App({
      outdir,
      autoSynth: false,
      treeMetadata: false,
      // The same resources are validated where they are deployed directly, into the hub.
      builtinCloudFormationValidation: false,
      // Whatever the CLI says: where a construct lies in this app is of no use in somebody else's account.
      postCliContext: { 'aws:cdk:enable-path-metadata': false, 'aws:cdk:enable-asset-metadata': false },
    });
    const stack = new TenantStack(app, 'gatehouse-tenant', {
      configuration,
      catalogue,
      rollout: 'stack-set',
    });
    const template = app.synth().getStackArtifact(stack.artifactId).template as Record<string, unknown>;
    const bytes = Buffer.byteLength(JSON.stringify(template));
    if (bytes > LONGEST_TEMPLATE) {
      throw new Error(
        `The tenant template for ${catalogue.length} products has ${bytes} bytes, and CloudFormation takes ` +
          `${LONGEST_TEMPLATE}: shorten the products' launchRights, or offer fewer products`,
      );
    }
    return template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
};
