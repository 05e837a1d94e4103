import { Stack, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { externalId, operationRoleArn } from '../names';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { OF_PRODUCTS, regionalArns } from './names';

/** Seconds: the longest that a role assumed by a role lasts. */
const LONGEST_SESSION = 3600;

/** What the operation function says about its session, and nothing else. */
const SESSION_TAGS = ['gatehouse:operation', 'gatehouse:request', 'gatehouse:approver'];

/** The role that the bridge assumes in order to launch, to let gated stacks go on, and to follow what becomes of them. */
export const createTenantRole = (scope: Construct, configuration: Configuration): iam.CfnRole => {
  const { tenant } = configuration.roles;
  const slash = tenant.lastIndexOf('/');
  const permissions = permissionsOf(scope, configuration);
  const role = new iam.CfnRole(scope, 'Tenant', {
    path: `/${tenant.slice(0, slash + 1)}`,
    roleName: tenant.slice(slash + 1),
    description: 'Gatehouse launches approved requests with it',
    maxSessionDuration: LONGEST_SESSION,
    assumeRolePolicyDocument: trustOf(configuration),
    policies: [{ policyName: 'launch-and-follow', policyDocument: permissions }],
  });
  acknowledgeWildcards(
    role,
    [permissions],
    'Products and stacks get their ids from AWS; records and provisioned products have no ARN, so the role sees only its own',
  );
  return role;
};

/**
 * The principal is the hub account and a condition names the role. The role itself as principal would be stored as
 * its unique id, and no tenant would trust a role that was deleted and made anew under the same name.
 */
const trustOf = (configuration: Configuration): iam.PolicyDocument => {
  const { hubAccount, organization } = configuration;
  const statement = (sid: string, action: string, conditions: Record<string, Record<string, unknown>>) =>
    new iam.PolicyStatement({
      sid,
      principals: [new iam.ArnPrincipal(`arn:aws:iam::${hubAccount}:root`)],
      actions: [action],
      conditions: {
        ...conditions,
        ArnEquals: { 'aws:PrincipalArn': operationRoleArn(configuration) },
        StringEquals: { 'aws:PrincipalOrgID': organization.id, ...conditions['StringEquals'] },
      },
    });
  const named = { StringLike: { 'sts:SourceIdentity': '?*' } };
  return new iam.PolicyDocument({
    statements: [
      statement('InTheNameOfAnApprover', 'sts:AssumeRole', {
        ...named,
        StringEquals: { 'sts:ExternalId': externalId(configuration) },
      }),
      statement('TheNameOfTheApprover', 'sts:SetSourceIdentity', named),
      statement('WhatTheSessionIsFor', 'sts:TagSession', {
        'ForAllValues:StringEquals': { 'aws:TagKeys': SESSION_TAGS },
      }),
    ],
  });
};

const permissionsOf = (scope: Construct, { hubAccount, regions }: Configuration): iam.PolicyDocument => {
  const isHub = Stack.of(scope).account === hubAccount;
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'Launch',
        actions: ['servicecatalog:ListLaunchPaths', 'servicecatalog:ProvisionProduct'],
        // A shared product is the hub's. Which account AWS puts into its ARN for a call from a tenant is documented
        // nowhere, so both are named. In the hub the two are one.
        resources: [
          ...regions.map((region) => `arn:aws:catalog:${region}:${hubAccount}:product/*`),
          ...(isHub ? [] : regionalArns('catalog', regions, 'product/*')),
        ],
      }),
      new iam.PolicyStatement({
        sid: 'FollowWhatItLaunched',
        actions: [
          'servicecatalog:DescribeProvisionedProduct',
          'servicecatalog:DescribeRecord',
          'servicecatalog:ListRecordHistory',
        ],
        resources: ['*'],
        conditions: { StringEquals: { 'servicecatalog:roleLevel': 'self' } },
      }),
      new iam.PolicyStatement({
        sid: 'LookAtStacks',
        actions: [
          'cloudformation:DescribeStackEvents',
          // A gate: whether the handle is that stack's, whether it waits, and what becomes of it.
          'cloudformation:DescribeStackResource',
          'cloudformation:DescribeStacks',
        ],
        resources: regionalArns('cloudformation', regions, `stack/${OF_PRODUCTS}/*`),
      }),
    ],
  });
};
