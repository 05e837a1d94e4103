import { createGatehouse } from '../../../infra/app';
import { configuration } from '../configuration';

/** Writes the cloud assembly of the sandbox's organization into a directory; functions are left unbundled. */
export const synthesize = (outdir: string): void => {
  createGatehouse(configuration, { outdir, context: { 'aws:cdk:bundling-stacks': [] } }).synth();
};
