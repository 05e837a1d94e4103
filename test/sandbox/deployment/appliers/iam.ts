import { z } from 'zod';
import { madeUpName } from '../deploy-stack';
import { applierOf, document, text } from '../resource';
import type { World } from '../world';

const inline = z.array(z.strictObject({ PolicyName: text, PolicyDocument: document })).default([]);

const role = applierOf({
  type: 'AWS::IAM::Role',
  properties: z.object({
    AssumeRolePolicyDocument: document,
    RoleName: text.optional(),
    Path: text.default('/'),
    ManagedPolicyArns: z.array(text).default([]),
    Policies: inline,
    PermissionsBoundary: text.optional(),
  }),
  quiet: ['Description', 'MaxSessionDuration', 'Tags'],
  apply: (properties, place, { roles }: World) => {
    const name = properties.RoleName ?? madeUpName(place, 64);
    const arn = roles.create({
      account: place.account,
      path: properties.Path,
      name,
      trust: properties.AssumeRolePolicyDocument,
      policies: Object.fromEntries(
        properties.Policies.map((policy) => [policy.PolicyName, policy.PolicyDocument]),
      ),
      managedPolicyArns: properties.ManagedPolicyArns,
      ...(properties.PermissionsBoundary !== undefined && { boundaryArn: properties.PermissionsBoundary }),
    });
    return { id: name, attributes: { Arn: arn } };
  },
});

const policy = applierOf({
  type: 'AWS::IAM::Policy',
  properties: z.object({ PolicyName: text, PolicyDocument: document, Roles: z.array(text).min(1) }),
  apply: (properties, place, { roles }: World) => {
    for (const name of properties.Roles)
      roles.addPolicy(place.account, name, properties.PolicyName, properties.PolicyDocument);
    return { id: properties.PolicyName };
  },
});

const managedPolicy = applierOf({
  type: 'AWS::IAM::ManagedPolicy',
  properties: z.object({
    ManagedPolicyName: text.optional(),
    Path: text.default('/'),
    PolicyDocument: document,
    Roles: z.array(text).default([]),
  }),
  quiet: ['Description'],
  apply: (properties, place, { roles }: World) => {
    const arn = roles.createManagedPolicy({
      account: place.account,
      path: properties.Path,
      name: properties.ManagedPolicyName ?? madeUpName(place, 128),
      document: properties.PolicyDocument,
    });
    for (const name of properties.Roles) roles.attach(place.account, name, arn);
    return { id: arn, attributes: { PolicyArn: arn } };
  },
});

export const iamAppliers = [role, policy, managedPolicy];
