import { z } from 'zod';
import type { Constraint } from './catalog';
import { RuleSet } from './template-rules';

/** The JSON that constraints carry, by type. */
const LaunchParameters = z.strictObject({ LocalRoleName: z.string().min(1) });
const TemplateParameters = z.strictObject({ Rules: RuleSet });

/** The name of the role that launches the product, in whichever account launches it. */
export const launchRoleName = (constraints: readonly Constraint[]): string | undefined => {
  const launch = constraints.find((constraint) => constraint.type === 'LAUNCH');
  return launch && LaunchParameters.parse(JSON.parse(launch.parameters)).LocalRoleName;
};

export const templateRules = (constraints: readonly Constraint[]): RuleSet[] =>
  constraints
    .filter((constraint) => constraint.type === 'TEMPLATE')
    .map((constraint) => TemplateParameters.parse(JSON.parse(constraint.parameters)).Rules);

const UpdateParameters = z.strictObject({
  Version: z.literal('2.0'),
  Properties: z.strictObject({ TagUpdateOnProvisionedProduct: z.enum(['ALLOWED', 'NOT_ALLOWED']) }),
});

/** Whether an update may bring other tags along; only where a constraint says so. */
export const tagUpdatesAllowed = (constraints: readonly Constraint[]): boolean =>
  constraints
    .filter((constraint) => constraint.type === 'RESOURCE_UPDATE')
    .map(({ parameters }) => UpdateParameters.parse(JSON.parse(parameters)).Properties)
    .some(({ TagUpdateOnProvisionedProduct: updates }) => updates === 'ALLOWED');
