import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { catalogue } from '../../../products/catalogue';
import type { Product, Version } from '../../../products/product';
import { readTemplate, synthesizeCurrent } from '../../../scripts/kept-versions';
import { decideConditions } from '../../sandbox/aws/cloudformation/conditions';
import { evaluate, type Scope } from '../../sandbox/aws/cloudformation/intrinsics';
import { checkRules } from '../../sandbox/aws/cloudformation/rules';
import { parseTemplate, type Sections } from '../../sandbox/aws/cloudformation/template';

export const PRODUCTS = join(__dirname, '../../../products');

interface VersionOfProduct {
  readonly name: string;
  readonly product: Product;
  readonly version: Version;
  readonly template: Readonly<Record<string, unknown>>;
}

const current = synthesizeCurrent(catalogue);

/** Every version of every product, newest first: from code as it is synthesized today, the others from their files. */
export const versions: readonly VersionOfProduct[] = catalogue.flatMap((product) =>
  product.versions.map((version) => ({
    name: `${product.key} ${version.name}`,
    product,
    version,
    template:
      'file' in version.template
        ? readTemplate(join(PRODUCTS, version.template.file))
        : (current.find((candidate) => candidate.version === version)?.template ?? {}),
  })),
);

const latest = (key: string): VersionOfProduct => {
  const found = versions.find(({ product }) => product.key === key);
  if (!found) throw new Error(`${key} is not in the catalogue`);
  return found;
};

export const templateOf = (key: string): Template => Template.fromJSON({ ...latest(key).template });

/** Service Catalog and CloudFormation hold the whole value against a pattern. */
export const patternOf = (key: string, parameter: string): RegExp => {
  const pattern = parseTemplate(latest(key).template).Parameters[parameter]?.AllowedPattern ?? '';
  return new RegExp(`^(?:${pattern})$`);
};

type Choice = Readonly<Record<string, string | readonly string[]>>;

const scopeOf = (sections: Sections, choice: Choice): Scope => {
  const scope = {
    ref: (name: string) =>
      choice[name] ??
      sections.Parameters[name]?.Default ??
      (name === 'AWS::StackName' ? 'SC-1' : `<${name}>`),
    attribute: (logicalId: string, name: string) => `<${logicalId}.${name}>`,
    mapped: (mapping: string, first: string, second: string) => sections.Mappings[mapping]?.[first]?.[second],
    zones: () => ['a', 'b', 'c'],
  };
  const decided = decideConditions(sections.Conditions, scope);
  return { ...scope, condition: (name) => decided.get(name) ?? false };
};

/** What a launch with that choice of parameters would create: its resources' properties, nothing left to resolve. */
export const rendered = (key: string, choice: Choice = {}): Readonly<Record<string, unknown>> => {
  const sections = parseTemplate(latest(key).template);
  const scope = scopeOf(sections, choice);
  return Object.fromEntries(
    Object.entries(sections.Resources)
      .filter(([, { Condition: condition }]) => condition === undefined || scope.condition(condition))
      .map(([id, { Properties: properties }]) => [id, evaluate(properties, scope)]),
  );
};

/** Holds a choice of parameters against the rules of the template and those of the portfolio. */
export const judge = (key: string, choice: Choice = {}): void => {
  const { product, template } = latest(key);
  for (const rules of [template['Rules'] ?? {}, product.templateConstraint?.rules ?? {}]) {
    const sections = parseTemplate({ ...template, Rules: rules });
    checkRules(sections.Rules, sections.Parameters, scopeOf(sections, choice));
  }
};
