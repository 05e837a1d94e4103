import { type Stack, type aws_iam as iam } from 'aws-cdk-lib';

/**
 * IAM's quotas in characters, white space not counted.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const INLINE = 10_240;
const MANAGED = 6_144;

/** @throws where the inline policies of a product's launch role are longer than IAM takes for one role */
export const assertInlineFits = (
  stack: Stack,
  productKey: string,
  documents: readonly iam.PolicyDocument[],
): void => {
  const length = documents.reduce((sum, document) => sum + lengthOf(stack, document), 0);
  if (length > INLINE) {
    throw new Error(
      `The launch role of product ${productKey} would have ${length} characters of policy, and IAM takes ${INLINE}: ` +
        `shorten the product's launchRights, for example by joining statements about the same resources`,
    );
  }
};

/** @throws where a managed policy is longer than IAM takes */
export const assertManagedFits = (stack: Stack, name: string, document: iam.PolicyDocument): void => {
  const length = lengthOf(stack, document);
  if (length > MANAGED) {
    throw new Error(
      `The managed policy ${name} would have ${length} characters, and IAM takes ${MANAGED}: ` +
        `it grows with the number of regions and the length of the roles' names; shorten those`,
    );
  }
};

/** The longest value of each reference that policies hold. */
const LONGEST: Readonly<Record<string, string>> = {
  'AWS::AccountId': '1'.repeat(12),
  'AWS::Partition': 'aws',
  'AWS::Region': 'ap-southeast-1',
  'AWS::StackName': 's'.repeat(128),
  'AWS::URLSuffix': 'amazonaws.com',
};

const lengthOf = (stack: Stack, document: iam.PolicyDocument): number =>
  JSON.stringify(filledIn(stack.resolve(document))).replace(/\s/g, '').length;

const filledIn = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::Sub': sub, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return LONGEST[Ref] ?? Ref;
  if (typeof sub === 'string')
    return sub.replace(/\$\{([\w:]+)\}/g, (_, name: string) => LONGEST[name] ?? name);
  if (Array.isArray(join)) return (join[1] as unknown[]).map(filledIn).join(join[0] as string);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filledIn(member)]));
};
