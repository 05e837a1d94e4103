import { CfnElement, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** CDK renders each element of a template by this, and leaves it out of its types; hence the cast below. */
interface Rendered {
  _toCloudFormation(): object;
}

/** A template's sections, each with its entries by logical id. */
export type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a stack's elements come to in its template, one by one, those within the constructs `without` left out. */
export const renderedSections = (
  stack: Stack,
  { without }: { readonly without?: IConstruct } = {},
): readonly Sections[] => {
  const left = new Set(without?.node.findAll());
  return stack.node
    .findAll()
    .filter((node) => CfnElement.isCfnElement(node))
    .filter((element) => Stack.of(element) === stack && !left.has(element))
    .map((element) => stack.resolve((element as unknown as Rendered)._toCloudFormation()) as Sections);
};
