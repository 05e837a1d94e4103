import { createGatehouse } from '../../../infra/app';
import { configuration } from '../configuration';

/** Writes the cloud assembly of the sandbox's organization into a directory; functions are left unbundled. */
export const synthesize = (outdir: string): void => {
  // CDK's validation of the templates takes ten times as long as the synthesis; it has tests of its own.
  const validation = process.env['CDK_VALIDATION'];
  process.env['CDK_VALIDATION'] = 'false';
  try {
    createGatehouse(configuration, { outdir, context: { 'aws:cdk:bundling-stacks': [] } }).synth();
  } finally {
    if (validation === undefined) delete process.env['CDK_VALIDATION'];
    else process.env['CDK_VALIDATION'] = validation;
  }
};
