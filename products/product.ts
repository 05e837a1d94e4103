import type { aws_iam as iam } from 'aws-cdk-lib';
import type { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';

/** A rule in the language of CloudFormation's Rules section. */
interface TemplateRule {
  readonly RuleCondition?: object;
  readonly Assertions: readonly { readonly Assert: object; readonly AssertDescription: string }[];
}

/**
 * A template constraint: it narrows, in this portfolio, what the template itself would accept.
 * `JSON.stringify({ Rules: rules })` is what Service Catalog's API takes as the constraint's parameters.
 */
interface TemplateConstraint {
  readonly description: string;
  readonly rules: Readonly<Record<string, TemplateRule>>;
}

/** Code that is synthesized, or a file with a template in JSON or YAML, relative to `products/`. */
export type VersionTemplate =
  { readonly stack: new (scope: Construct, id: string) => ProductStack } | { readonly file: string };

export interface Version {
  readonly name: string;
  readonly description: string;
  readonly template: VersionTemplate;
  /** Why it is offered for no new launch any more; what was launched from it stays. */
  readonly deprecated?: string;
}

/** A product of the portfolio. */
export interface Product {
  /** Lower case and hyphens: construct id, folder of released versions, suffix of the launch role's name. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  /** Newest first. What was released is never changed: a changed template is another version. */
  readonly versions: readonly [Version, ...Version[]];
  readonly templateConstraint: TemplateConstraint | undefined;
  /** Its stacks wait for an approval, so its launches call the gate function; left out where they do not. */
  readonly gated?: true;
  /** What CloudFormation has to be allowed in order to create, update and delete this product's stacks. */
  readonly launchRights: readonly iam.PolicyStatementProps[];
  /** Whether people may change the tags of what they launched. */
  readonly tagUpdates: 'allowed' | 'refused';
}
