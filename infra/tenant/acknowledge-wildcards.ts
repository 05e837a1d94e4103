import { type CfnResource, Stack, Validations, type aws_iam as iam } from 'aws-cdk-lib';

/**
 * Answers cdk-nag for every wildcard in these policies of a resource, one finding at a time.
 * @param reason why none of them can be named
 */
export const acknowledgeWildcards = (
  resource: CfnResource,
  documents: readonly iam.PolicyDocument[],
  reason: string,
): void => {
  const stack = Stack.of(resource);
  const findings = documents.flatMap((document) => {
    const { Statement = [] } = stack.resolve(document) as { readonly Statement?: readonly Statement[] };
    return Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource }) => [
      ...list(Action).map((action) => `Action::${inWords(action)}`),
      ...list(Resource).map((arn) => `Resource::${inWords(arn)}`),
    ]);
  });
  for (const finding of new Set(findings.filter((text) => text.includes('*')))) {
    Validations.of(resource).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
  }
};

interface Statement {
  readonly Effect: string;
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** As cdk-nag writes a value with references in it: each in angle brackets. */
const inWords = (value: unknown): string => {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  const reference = value as {
    readonly Ref?: string;
    readonly 'Fn::Sub'?: unknown;
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
    readonly 'Fn::GetAtt'?: readonly [string, string];
  };
  if (reference['Fn::Sub'] !== undefined) return inWords(reference['Fn::Sub']);
  if (reference['Fn::Join']) return reference['Fn::Join'][1].map(inWords).join(reference['Fn::Join'][0]);
  if (reference['Fn::GetAtt']) return `<${reference['Fn::GetAtt'].join('.')}>`;
  if (reference.Ref !== undefined) return `<${reference.Ref}>`;
  return JSON.stringify(value);
};
