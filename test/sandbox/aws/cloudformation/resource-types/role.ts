import { z } from 'zod';
import type { Context } from '../../iam/context';
import type { Existing } from '../inventory';
import {
  defineModel,
  GLOBAL,
  madeUpName,
  policy,
  refusedBy,
  type ServiceCall,
  type Site,
  suffixFor,
  tags,
  text,
  whole,
} from '../resource-model';
import { isTagged, on, requestTags, resourceTags } from './service-calls';

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
    Policies: z.array(z.strictObject({ PolicyDocument: policy, PolicyName: text })).default([]),
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
      facts: {
        managedPolicies: properties.ManagedPolicyArns.join(' '),
        inlinePolicies: properties.Policies.map(({ PolicyName: named }) => named).join(' '),
        boundary: properties.PermissionsBoundary ?? '',
      },
      attributes: {
        Arn: arn(site, 'role', properties.Path, name),
        RoleId: `AROA${suffixFor(site, 'id').toUpperCase()}`,
      },
    };
  },
  calls: {
    create: (_properties, resource) => [
      ...ofRole(resource, ['iam:CreateRole'], requestTags(resource)),
      ...(isTagged(resource) ? ofRole(resource, ['iam:TagRole'], requestTags(resource)) : []),
      ...attachments(resource, 'iam:AttachRolePolicy'),
      ...(hasPolicies(resource) ? ofRole(resource, ['iam:PutRolePolicy']) : []),
      ...ofRole(resource, ['iam:GetRole']),
    ],
    remove: (resource) => [
      ...ofRole(resource, ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies']),
      ...attachments(resource, 'iam:DetachRolePolicy'),
      ...(hasPolicies(resource) ? ofRole(resource, ['iam:DeleteRolePolicy']) : []),
      ...ofRole(resource, ['iam:DeleteRole']),
    ],
  },
});

const ofRole = (
  role: Existing,
  actions: readonly string[],
  context: Context = resourceTags(role),
): readonly ServiceCall[] =>
  on(role.attributes['Arn'] ?? '', actions, {
    'iam:PermissionsBoundary': role.facts['boundary'] || undefined,
    ...context,
  });

const hasPolicies = ({ facts }: Existing): boolean => facts['inlinePolicies'] !== '';

const attachments = (role: Existing, action: string): readonly ServiceCall[] =>
  (role.facts['managedPolicies'] ?? '')
    .split(' ')
    .filter((policyArn) => policyArn !== '')
    .flatMap((policyArn) => ofRole(role, [action], { ...resourceTags(role), 'iam:PolicyARN': policyArn }));

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
    const carried = site.inventory.find('AWS::IAM::Role', { ...site, region: GLOBAL }, roleName);
    if (!carried) {
      const message = `The role with name ${roleName} cannot be found.`;
      throw refusedBy(site, { service: 'Iam', message, code: 'NotFound', status: 404 });
    }
    const name = properties.InstanceProfileName ?? madeUpName(site, 128);
    return {
      id: name,
      attributes: { Arn: arn(site, 'instance-profile', properties.Path, name) },
      facts: { role: carried.attributes['Arn'] ?? '' },
    };
  },
  calls: {
    create: (_properties, { attributes, facts }) => [
      ...on(attributes['Arn'] ?? '', ['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile']),
      ...on(facts['role'] ?? '', ['iam:PassRole'], { 'iam:PassedToService': 'ec2.amazonaws.com' }),
      ...on(attributes['Arn'] ?? '', ['iam:GetInstanceProfile']),
    ],
    remove: ({ attributes }) =>
      on(attributes['Arn'] ?? '', [
        'iam:GetInstanceProfile',
        'iam:RemoveRoleFromInstanceProfile',
        'iam:DeleteInstanceProfile',
      ]),
  },
});
