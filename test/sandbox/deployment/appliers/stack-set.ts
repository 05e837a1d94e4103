import { z } from 'zod';
import { STACK_SETS } from '../../aws/cloudformation/organizations-access';
import { NotModelled } from '../../aws/service';
import type { Template } from '../../aws/stacks';
import { applierOf, document, flag, text } from '../resource';
import type { World } from '../world';

const DeploymentTargets = z.strictObject({
  OrganizationalUnitIds: z.array(text).min(1),
  Accounts: z.array(text).optional(),
  AccountFilterType: z.enum(['NONE', 'INTERSECTION', 'DIFFERENCE']).default('NONE'),
});

/** The accounts of a group; stack sets that the service manages never reach the management account. */
const accountsOf = (
  {
    OrganizationalUnitIds: units,
    Accounts: named = [],
    AccountFilterType: filter,
  }: z.infer<typeof DeploymentTargets>,
  { organization }: World,
): readonly string[] => {
  const unknown = units.find((unit) => !organization.has(unit));
  if (unknown !== undefined) throw new Error(`Organizational unit ${unknown} does not exist.`);
  if (filter === 'DIFFERENCE') throw new NotModelled('a stack set for all accounts but some');
  const within = new Set(units.flatMap((unit) => organization.accountsUnder(unit)));
  within.delete(organization.managementAccount);
  return [...within].filter((account) => filter === 'NONE' || named.includes(account));
};

export const stackSet = applierOf({
  type: 'AWS::CloudFormation::StackSet',
  properties: z.object({
    StackSetName: text,
    PermissionModel: z.literal('SERVICE_MANAGED'),
    CallAs: z.enum(['SELF', 'DELEGATED_ADMIN']).default('SELF'),
    AutoDeployment: z.looseObject({ Enabled: flag }),
    TemplateURL: text.optional(),
    TemplateBody: text.optional(),
    Parameters: z.array(z.strictObject({ ParameterKey: text, ParameterValue: text })).default([]),
    StackInstancesGroup: z
      .array(z.strictObject({ DeploymentTargets, Regions: z.array(text).min(1) }))
      .default([]),
  }),
  quiet: ['Capabilities', 'Description', 'ManagedExecution', 'OperationPreferences', 'Tags'],
  apply: async (properties, place, world: World) => {
    const { organization } = world;
    if (!organization.isTrusted(STACK_SETS))
      throw new Error('You must enable organizations access to operate a service managed stack set');
    const administers =
      properties.CallAs === 'SELF'
        ? place.account === organization.managementAccount
        : organization.isDelegatedAdministrator(place.account, STACK_SETS);
    if (!administers)
      throw new Error(
        'You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set',
      );
    const template = templateOf(properties, world);
    const parameters = Object.fromEntries(
      properties.Parameters.map((parameter) => [parameter.ParameterKey, parameter.ParameterValue]),
    );
    for (const { DeploymentTargets: targets, Regions: regions } of properties.StackInstancesGroup) {
      for (const account of accountsOf(targets, world)) {
        for (const region of regions) {
          const name = `StackSet-${properties.StackSetName}`;
          await world.deployInstance(template, { name, account, region }, parameters);
        }
      }
    }
    return { id: properties.StackSetName, attributes: { StackSetId: properties.StackSetName } };
  },
});

const templateOf = (
  {
    TemplateURL: url,
    TemplateBody: body,
  }: { TemplateURL?: string | undefined; TemplateBody?: string | undefined },
  { templates }: World,
): Template => {
  if (url !== undefined) return templates.get(url);
  return document.parse(JSON.parse(body ?? '{}'));
};
