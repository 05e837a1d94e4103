import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { parseTemplateFile, TEMPLATE_ENDINGS } from '../../../infra/hub/template-file';
import type { Template } from '../aws/stacks';

/** A stack as `cdk deploy` would send it to CloudFormation. */
export interface AssembledStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
}

/** What `infra` synthesizes: its stacks, each after those that it depends on, and the templates that they point to. */
export interface Assembly {
  readonly stacks: readonly AssembledStack[];
  /** Templates that lie in S3 as assets, by URL. */
  readonly templates: ReadonlyMap<string, Template>;
  /** The texts of those that are written in YAML, by URL. */
  readonly texts: ReadonlyMap<string, string>;
}

const STACK = 'aws:cloudformation:stack';
const ASSETS = 'cdk:asset-manifest';
const StackArtifact = z.object({
  environment: z.string().regex(/^aws:\/\/\d{12}\/[a-z0-9-]+$/, 'a stack with account and region'),
  dependencies: z.array(z.string()).default([]),
  properties: z.object({ templateFile: z.string(), stackName: z.string().optional() }),
});
const AssetsArtifact = z.object({
  properties: z.object({ file: z.string() }),
});
const Manifest = z.object({ artifacts: z.record(z.string(), z.looseObject({ type: z.string() })) });
const AssetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
      destinations: z.record(
        z.string(),
        z.object({ bucketName: z.string(), objectKey: z.string(), region: z.string().optional() }),
      ),
    }),
  ),
});
const TemplateText = z.record(z.string(), z.unknown());

/**
 * Reads a cloud assembly from the directory that CDK has written it to.
 * @throws ZodError for a stack whose account or region is left to the machine that deploys it
 */
export const readAssembly = (directory: string): Assembly => {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
  const { artifacts } = Manifest.parse(json('manifest.json'));
  const stacks = new Map<string, AssembledStack>();
  const templates = new Map<string, Template>();
  const texts = new Map<string, string>();

  const addStack = (id: string): void => {
    if (artifacts[id]?.type !== STACK || stacks.has(id)) return;
    const { dependencies, environment, properties } = StackArtifact.parse(artifacts[id]);
    dependencies.forEach(addStack);
    const [account = '', region = ''] = environment.slice('aws://'.length).split('/');
    const { stackName: name = id, templateFile } = properties;
    stacks.set(id, { name, account, region, template: TemplateText.parse(json(templateFile)) });
  };
  const addTemplates = (file: string): void => {
    for (const { source, destinations } of Object.values(AssetManifest.parse(json(file)).files)) {
      const { path, packaging } = source;
      if (packaging !== 'file' || path === undefined || !TEMPLATE_ENDINGS.includes(extname(path))) continue;
      const text = readFileSync(join(directory, path), 'utf8');
      const template = TemplateText.parse(parseTemplateFile(path, text));
      for (const { bucketName, objectKey, region } of Object.values(destinations)) {
        const url = `https://s3.${region ?? ''}.amazonaws.com/${bucketName}/${objectKey}`;
        templates.set(url, template);
        if (extname(path) !== '.json') texts.set(url, text);
      }
    }
  };
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (artifact.type === ASSETS) addTemplates(AssetsArtifact.parse(artifact).properties.file);
    else addStack(id);
  }
  return { stacks: [...stacks.values()], templates, texts };
};
