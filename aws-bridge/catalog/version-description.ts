import * as z from 'zod/mini';
import type { Parameter } from '../contract/catalog';

/** A parameter as Service Catalog describes it: limits are text, and what is not set may be empty. */
export const ArtifactParameter = z.object({
  ParameterKey: z.string(),
  ParameterType: z.string(),
  DefaultValue: z.optional(z.string()),
  IsNoEcho: z._default(z.boolean(), false),
  Description: z.optional(z.string()),
  ParameterConstraints: z._default(
    z.partial(
      z.object({
        AllowedValues: z.array(z.string()),
        AllowedPattern: z.string(),
        ConstraintDescription: z.string(),
        MinLength: z.string(),
        MaxLength: z.string(),
        MinValue: z.string(),
        MaxValue: z.string(),
      }),
    ),
    {},
  ),
});
export type ArtifactParameter = z.infer<typeof ArtifactParameter>;

/** A limit of a parameter is not a number. */
export class LimitMalformed extends Error {
  override readonly name = 'LimitMalformed';
  readonly code: string;
  constructor(parameter: string, limit: string) {
    super(`Service Catalog describes ${limit} of the parameter ${parameter} as something that is no number`);
    this.code = `${parameter}.${limit}`;
  }
}

/** How a template wants its parameters shown, out of its `AWS::CloudFormation::Interface`. */
export interface Presentation {
  readonly labels: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
}

const Text = z.object({ default: z.string() });
const Interface = z.object({
  'AWS::CloudFormation::Interface': z.object({
    ParameterGroups: z._default(
      z.array(z.object({ Label: z.optional(Text), Parameters: z._default(z.array(z.string()), []) })),
      [],
    ),
    ParameterLabels: z._default(z.record(z.string(), Text), {}),
  }),
});

/**
 * @param metadata the template's Metadata as JSON text. Presentation only: what cannot be read is left out
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-cloudformation-interface.html
 */
export const presentationOf = (metadata: string | undefined): Presentation => {
  const asked = interfaceIn(metadata);
  return {
    labels: new Map(Object.entries(asked?.ParameterLabels ?? {}).map(([key, label]) => [key, label.default])),
    groups: new Map(
      (asked?.ParameterGroups ?? []).flatMap(({ Label, Parameters }) =>
        Label ? Parameters.map((key) => [key, Label.default] as const) : [],
      ),
    ),
  };
};

const interfaceIn = (metadata = '{}') => {
  try {
    return Interface.safeParse(JSON.parse(metadata)).data?.['AWS::CloudFormation::Interface'];
  } catch {
    return undefined;
  }
};

/** @throws LimitMalformed */
export const parameterOf = (described: ArtifactParameter, presentation: Presentation): Parameter => {
  const { ParameterKey: key, DefaultValue, ParameterConstraints: constraints } = described;
  const label = presentation.labels.get(key);
  const group = presentation.groups.get(key);
  const limits = {
    minLength: limit(key, 'MinLength', constraints.MinLength),
    maxLength: limit(key, 'MaxLength', constraints.MaxLength),
    minValue: limit(key, 'MinValue', constraints.MinValue),
    maxValue: limit(key, 'MaxValue', constraints.MaxValue),
  };
  return {
    key,
    type: described.ParameterType,
    noEcho: described.IsNoEcho,
    // An empty default is one: the parameter may be left out. Of a value that must not be shown, that is all that is told.
    ...(DefaultValue !== undefined && { default: described.IsNoEcho ? '' : DefaultValue }),
    ...(described.Description && { description: described.Description }),
    ...(label && { label }),
    ...(group && { group }),
    ...(constraints.AllowedValues?.length && { allowedValues: constraints.AllowedValues }),
    ...(constraints.AllowedPattern && { allowedPattern: constraints.AllowedPattern }),
    ...(constraints.ConstraintDescription && { constraintDescription: constraints.ConstraintDescription }),
    ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
  };
};

const limit = (parameter: string, name: string, text: string | undefined): number | undefined => {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new LimitMalformed(parameter, name);
  return value;
};
