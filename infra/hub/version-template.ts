import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FileAssetPackaging, Names, Stack, Stage, Token } from 'aws-cdk-lib';
import { CloudFormationTemplate } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { HUB_ACCOUNT } from '../../products/hub-account';
import type { VersionTemplate } from '../../products/product';
import { renderedSections } from '../../products/rendered-sections';
import { gateProblems } from './gate-problems';
import { parseTemplateFile, TEMPLATE_ENDINGS } from './template-file';

const PRODUCTS = join(__dirname, '../../products');

/** Stands, in a template that somebody wrote, for 16 hexadecimal digits that differ with everything in its file. */
const TEMPLATE = '{{gatehouse:template}}';
const PLACEHOLDER = /\{\{gatehouse:[^}]*\}\}/;

/**
 * The template of a version. Its address names the digest of its bytes, whether it is synthesized or lies in a file: a
 * version that was code and is kept as the file that the code gave stays the same version to Service Catalog, which
 * knows versions by name and address.
 */
export const versionTemplate = (
  scope: Construct,
  id: string,
  template: VersionTemplate,
): CloudFormationTemplate => {
  if ('file' in template) return CloudFormationTemplate.fromUrl(urlOf(scope, id, template.file));
  const stack = new template.stack(scope, id);
  // Only when its template is written does a stack have all of its resources.
  stack.node.addValidation({
    validate: () => problemsIn(stack.node.path, JSON.stringify(renderedSections(stack))),
  });
  return CloudFormationTemplate.fromProductStack(stack);
};

const urlOf = (scope: Construct, id: string, file: string): string => {
  if (!TEMPLATE_ENDINGS.includes(extname(file)))
    throw new Error(
      `products/${file} has to be called …${TEMPLATE_ENDINGS.join(', …')}: the catalogue reads no others`,
    );
  const text = filledIn(scope, file, asSynthesized(file, readFileSync(join(PRODUCTS, file), 'utf8')));
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

/** With what a file cannot know: the deployment's hub account, and a digest of the file itself. */
const filledIn = (scope: Construct, file: string, text: string): string => {
  const { account } = Stack.of(scope);
  if (text.includes(HUB_ACCOUNT) && Token.isUnresolved(account))
    throw new Error(
      `${scope.node.path} has no account to put in place of ${HUB_ACCOUNT}: give its stack one`,
    );
  const filled = text
    .replaceAll(TEMPLATE, createHash('sha256').update(text).digest('hex').slice(0, 16))
    .replaceAll(HUB_ACCOUNT, account);
  const problems = [
    ...problemsIn(`products/${file}`, filled),
    ...gateProblems(parseTemplateFile(file, filled)).map(
      (problem) =>
        `products/${file} has a gate that does not hold: ${problem}; docs/gate.md shows one that does`,
    ),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return filled;
};

const problemsIn = (where: string, text: string): string[] => {
  const left = PLACEHOLDER.exec(text)?.[0];
  return left === undefined
    ? []
    : [
        `${where} has ${left}, which nothing is put in place of: write ${HUB_ACCOUNT} or ${TEMPLATE} into a file, ` +
          `and call hubAccount() in code`,
      ];
};

/** JSON laid out as CDK writes it: a formatter that went over the file has not made another version of it. */
const asSynthesized = (file: string, text: string): string =>
  extname(file) === '.json' ? JSON.stringify(JSON.parse(text), undefined, 2) : text;

const assemblyOf = (scope: Construct): string => {
  const stage = Stage.of(scope);
  if (!stage) throw new Error(`${scope.node.path} lies outside of an app`);
  return stage.outdir;
};
