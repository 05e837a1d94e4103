import type { CfnParameter, Stack } from 'aws-cdk-lib';

/** One heading of the form, and its parameters with the label that a person reads. */
export interface ParameterGroup {
  readonly title: string;
  readonly parameters: readonly (readonly [CfnParameter, string])[];
}

/** Lays out the stack's parameters for people: groups, their order, and labels. */
export const layOutParameters = (stack: Stack, groups: readonly ParameterGroup[]): void => {
  stack.templateOptions.metadata = {
    ...stack.templateOptions.metadata,
    'AWS::CloudFormation::Interface': {
      ParameterGroups: groups.map(({ title, parameters }) => ({
        Label: { default: title },
        Parameters: parameters.map(([parameter]) => parameter.logicalId),
      })),
      ParameterLabels: Object.fromEntries(
        groups.flatMap(({ parameters }) =>
          parameters.map(([parameter, label]) => [parameter.logicalId, { default: label }]),
        ),
      ),
    },
  };
};
