import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FileAssetPackaging, Names, Stack, Stage } from 'aws-cdk-lib';
import { CloudFormationTemplate } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import type { VersionTemplate } from '../../products/product';

const PRODUCTS = join(__dirname, '../../products');

/**
 * The template of a version. Its address names the digest of its bytes, whether it is synthesized or lies in a file: a
 * version that was code and is kept as the file that the code gave stays the same version to Service Catalog, which
 * knows versions by name and address.
 */
export const versionTemplate = (
  scope: Construct,
  id: string,
  template: VersionTemplate,
): CloudFormationTemplate =>
  'stack' in template
    ? CloudFormationTemplate.fromProductStack(new template.stack(scope, id))
    : CloudFormationTemplate.fromUrl(urlOf(scope, id, template.file));

const urlOf = (scope: Construct, id: string, file: string): string => {
  const text = asSynthesized(file, readFileSync(join(PRODUCTS, file), 'utf8'));
  const fileName = `${Names.uniqueId(scope)}${id}.product.template${extname(file)}`;
  writeFileSync(join(assemblyOf(scope), fileName), text);
  return Stack.of(scope).synthesizer.addFileAsset({
    packaging: FileAssetPackaging.FILE,
    // CDK's own hash of a file has more in it than its bytes, unlike that of a ProductStack.
    sourceHash: createHash('sha256').update(text).digest('hex'),
    fileName,
    displayName: `${scope.node.path}/${id} Template`,
  }).httpUrl;
};

/** JSON laid out as CDK writes it: a formatter that went over the file has not made another version of it. */
const asSynthesized = (file: string, text: string): string =>
  extname(file) === '.json' ? JSON.stringify(JSON.parse(text), undefined, 2) : text;

const assemblyOf = (scope: Construct): string => {
  const stage = Stage.of(scope);
  if (!stage) throw new Error(`${scope.node.path} lies outside of an app`);
  return stage.outdir;
};
