import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetStaging, FileAssetPackaging, Stack } from 'aws-cdk-lib';
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
    : CloudFormationTemplate.fromUrl(urlOf(scope, id, join(PRODUCTS, template.file)));

const urlOf = (scope: Construct, id: string, sourcePath: string): string => {
  const hub = Stack.of(scope);
  return hub.synthesizer.addFileAsset({
    packaging: FileAssetPackaging.FILE,
    // CDK's own hash of a file has more in it than its bytes, unlike that of a ProductStack.
    sourceHash: createHash('sha256').update(readFileSync(sourcePath)).digest('hex'),
    fileName: new AssetStaging(scope, id, { sourcePath }).relativeStagedPath(hub),
    displayName: `${scope.node.path}/${id} Template`,
  }).httpUrl;
};
