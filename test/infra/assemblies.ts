import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { z } from 'zod';
import { createGatehouse } from '../../infra/app';
import { aConfiguration } from '../builders/configuration';

/** One region, and two: what differs between them is all that several regions cost. */
export const DEPLOYMENTS = {
  'one region': aConfiguration(),
  'two regions': aConfiguration({
    regions: ['eu-west-1', 'us-east-1'],
    tenants: { within: { organizationalUnits: ['ou-a1b2-c3d4e5f6', 'ou-a1b2-c3d4e5f7'] } },
    consoleRoles: ['aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Developer_*'],
  }),
} as const;
export type Deployment = keyof typeof DEPLOYMENTS;

const folders: string[] = [];
process.once('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Not synthesized yet, and without the bundled code of functions. */
export const appOf = (deployment: Deployment): App => {
  const outdir = mkdtempSync(join(tmpdir(), 'gatehouse-assembly-'));
  folders.push(outdir);
  return createGatehouse(DEPLOYMENTS[deployment], { outdir, context: { 'aws:cdk:bundling-stacks': [] } });
};

const Assets = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })),
});
/** Custom resources and functions have other assets, too: a template says so itself. */
const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

/** Paths of all templates that are published or deployed: of stacks, of product versions, of the StackSet. */
export const templatesIn = (assembly: string, stacks: readonly string[]): readonly string[] => {
  const published = stacks.flatMap((stack) =>
    Object.values(
      Assets.parse(JSON.parse(readFileSync(join(assembly, `${stack}.assets.json`), 'utf8'))).files,
    ).map(({ source }) => source.path),
  );
  return [...new Set(published)]
    .filter((path) => /\.(json|ya?ml)$/.test(path))
    .filter((path) => !path.endsWith('.json') || isTemplate(join(assembly, path)))
    .sort((one, other) => basename(one).localeCompare(basename(other)))
    .map((path) => join(assembly, path));
};

const isTemplate = (file: string): boolean =>
  Template.safeParse(JSON.parse(readFileSync(file, 'utf8'))).success;
