import { z } from 'zod';
import { suffixOf } from '../deterministic-ids';
import {
  defineModel,
  GLOBAL,
  madeUpName,
  policy,
  refusedBy,
  type Site,
  tags,
  text,
  whole,
} from '../resource-model';

const arn = (site: Site, kind: string, path: string, name: string): string =>
  `arn:aws:iam::${site.account}:${kind}${path}${name}`;

export const role = defineModel({
  type: 'AWS::IAM::Role',
  global: true,
  properties: z.strictObject({
    AssumeRolePolicyDocument: policy,
    Description: text.optional(),
    ManagedPolicyArns: z.array(text).default([]),
    Path: text.default('/'),
    PermissionsBoundary: z
      .string()
      .regex(/^arn:aws:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+$/)
      .optional(),
    RoleName: text.optional(),
    MaxSessionDuration: whole.optional(),
    Tags: tags,
  }),
  attributes: ['Arn', 'RoleId'],
  takes: { create: 18, delete: 2 },
  create: (properties, site) => {
    const name = properties.RoleName ?? madeUpName(site, 64);
    if (site.inventory.find('AWS::IAM::Role', { ...site, region: GLOBAL }, name)) {
      const message = `Role with name ${name} already exists.`;
      throw refusedBy(site, { service: 'Iam', message, code: 'AlreadyExists', status: 409 });
    }
    return {
      id: name,
      attributes: {
        Arn: arn(site, 'role', properties.Path, name),
        RoleId: `AROA${suffixOf(site.stackId, site.logicalId, 'id').toUpperCase()}`,
      },
    };
  },
});

export const instanceProfile = defineModel({
  type: 'AWS::IAM::InstanceProfile',
  global: true,
  properties: z.strictObject({
    Roles: z.array(text).length(1),
    Path: text.default('/'),
    InstanceProfileName: text.optional(),
  }),
  attributes: ['Arn'],
  // The service waits for the profile to be known everywhere.
  takes: { create: 125, delete: 2 },
  create: (properties, site) => {
    const [roleName = ''] = properties.Roles;
    if (!site.inventory.find('AWS::IAM::Role', { ...site, region: GLOBAL }, roleName)) {
      const message = `The role with name ${roleName} cannot be found.`;
      throw refusedBy(site, { service: 'Iam', message, code: 'NotFound', status: 404 });
    }
    const name = properties.InstanceProfileName ?? madeUpName(site, 128);
    return { id: name, attributes: { Arn: arn(site, 'instance-profile', properties.Path, name) } };
  },
});
