import type {
  ProvisioningArtifactOutput,
  ProvisioningArtifactParameter,
} from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import type { Stacks, Template, TemplateParameter, TemplateStore } from '../stacks';
import type { Version } from './catalog';

/** What a version asks for and what it will tell once it is launched. */
export interface VersionContents {
  readonly template: Template | undefined;
  readonly parameters: readonly TemplateParameter[];
  readonly outputs: readonly ProvisioningArtifactOutput[];
}

const Outputs = z.record(z.string(), z.looseObject({ Description: z.string().optional() })).default({});

/** Reads a version's template, or what its provisioning engine says of it. */
export const createVersionContents =
  (stacks: Stacks, templates: TemplateStore) =>
  ({ source }: Version): VersionContents => {
    if ('engineParameters' in source)
      return { template: undefined, parameters: source.engineParameters, outputs: [] };
    const template = templates.get(source.templateUrl);
    const outputs = Object.entries(Outputs.parse(template['Outputs'])).map(
      ([Key, { Description }]): ProvisioningArtifactOutput => ({ Key, Description }),
    );
    return { template, parameters: stacks.summarize(template).parameters, outputs };
  };

/** Numeric limits are text in this API. */
export const parameterView = (parameter: TemplateParameter): ProvisioningArtifactParameter => ({
  ParameterKey: parameter.key,
  DefaultValue: parameter.default,
  ParameterType: parameter.type,
  IsNoEcho: parameter.noEcho,
  Description: parameter.description,
  ParameterConstraints: {
    AllowedValues: [...(parameter.allowedValues ?? [])],
    AllowedPattern: parameter.allowedPattern,
    ConstraintDescription: parameter.constraintDescription,
    MaxLength: parameter.maxLength,
    MinLength: parameter.minLength,
    MaxValue: parameter.maxValue,
    MinValue: parameter.minValue,
  },
});
