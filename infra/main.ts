import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createGatehouse } from './app';
import { CONFIGURATION, EXAMPLE, chooseConfiguration } from './choose-configuration';
import { ConfigurationRefused } from './read-configuration';
import { serviceControlPolicy } from './tenant/service-control-policy';

const HELP = `npm run synth -- [--config FILE] [--output FOLDER]

Writes the CloudFormation templates of all stacks and lists them. Takes no credentials, no network and no Docker.

  --config FILE    the configuration; also GATEHOUSE_CONFIG=FILE; otherwise ${CONFIGURATION}, or ${EXAMPLE} where there is none
  --output FOLDER  where to, otherwise cdk.out; an assembly that is there already is replaced

To deploy: docs/deploy.md.
`;

const synthesize = (): void => {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      output: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  // The CDK's command line says where it wants the assembly, and nobody else does.
  const forCommandLine = process.env.CDK_OUTDIR;
  const configuration = chooseConfiguration({
    file: values.config ?? process.env.GATEHOUSE_CONFIG,
    toDeploy: forCommandLine !== undefined,
    tell: (message) => process.stderr.write(`${message}\n`),
  });
  const outdir = forCommandLine ?? values.output ?? 'cdk.out';
  if (forCommandLine === undefined && existsSync(join(outdir, 'manifest.json')))
    rmSync(outdir, { recursive: true });

  const { stacks } = createGatehouse(configuration, { outdir, validated: true }).synth();
  // Without white space: the limit of a policy counts it.
  const policy = join(outdir, 'service-control-policy.json');
  writeFileSync(policy, JSON.stringify(serviceControlPolicy(configuration)));
  if (forCommandLine !== undefined) return;
  for (const { stackName, environment, templateFullPath } of stacks)
    process.stdout.write(
      `${stackName.padEnd(28)} ${environment.account}  ${environment.region.padEnd(14)} ${relative('', templateFullPath)}\n`,
    );
  process.stdout.write(`${'service control policy'.padEnd(28)} ${relative('', policy)}\n`);
};

const isUsage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

try {
  synthesize();
} catch (error) {
  if (!(error instanceof ConfigurationRefused) && !isUsage(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
