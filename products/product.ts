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

/** A product of the portfolio, in the version that it is offered in. */
export interface Product {
  /** Construct id and stable handle of the product within this code; people never see it. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly version: { readonly name: string; readonly description: string };
  readonly stack: new (scope: Construct, id: string) => ProductStack;
  readonly templateConstraint: TemplateConstraint | undefined;
}
