import { Aws, type aws_iam as iam } from 'aws-cdk-lib';
import { OF_STACK_LOWER_CASE, arn, describing } from './launch-rights';

const INSTANCES = arn('rds', `db:${OF_STACK_LOWER_CASE}`);
const SETTINGS = arn('rds', `pg:${OF_STACK_LOWER_CASE}`);
const SUBNET_GROUPS = arn('rds', `subgrp:${OF_STACK_LOWER_CASE}`);
const SNAPSHOTS = arn('rds', `snapshot:${OF_STACK_LOWER_CASE}`);

/** Settings of the product's own for its database. */
const OWN_SETTINGS: readonly iam.PolicyStatementProps[] = [
  {
    actions: [
      'rds:AddTagsToResource',
      'rds:CreateDBParameterGroup',
      'rds:DeleteDBParameterGroup',
      'rds:DescribeDBParameterGroups',
      'rds:DescribeDBParameters',
      'rds:ListTagsForResource',
      'rds:ModifyDBParameterGroup',
      'rds:RemoveTagsFromResource',
      'rds:ResetDBParameterGroup',
    ],
    resources: [SETTINGS],
  },
];

interface DatabaseKind {
  readonly engine: 'mariadb' | 'postgres';
  /** A parameter group of the product's own, or the one that RDS has for the version. */
  readonly settings: 'own' | 'default';
}

/**
 * One RDS instance with its subnets, a last snapshot, and a password that RDS makes up; the rights to its
 * security group come on top.
 */
export const databaseRights = ({ engine, settings }: DatabaseKind): readonly iam.PolicyStatementProps[] => [
  describing(
    'DescribeAccountAttributes',
    'DescribeAvailabilityZones',
    'DescribeInstances',
    'DescribeInternetGateways',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeVpcAttribute',
    'DescribeVpcs',
  ),
  {
    actions: [
      'rds:AddTagsToResource',
      'rds:CreateDBInstance',
      'rds:CreateDBSnapshot',
      'rds:CreateDBSubnetGroup',
      'rds:DeleteDBInstance',
      'rds:DeleteDBSubnetGroup',
      'rds:DescribeDBInstances',
      'rds:DescribeDBSubnetGroups',
      'rds:ListTagsForResource',
      'rds:ModifyDBInstance',
      'rds:ModifyDBSubnetGroup',
      'rds:RebootDBInstance',
      'rds:RemoveTagsFromResource',
    ],
    resources: [INSTANCES, SUBNET_GROUPS, SNAPSHOTS],
  },
  // Every instance belongs to the option group that RDS has for its version, and to settings.
  {
    actions: ['rds:CreateDBInstance', 'rds:ModifyDBInstance'],
    resources: [
      arn('rds', `og:default:${engine}-*`),
      settings === 'own' ? SETTINGS : arn('rds', `pg:default.${engine}*`),
    ],
  },
  ...(settings === 'own' ? OWN_SETTINGS : []),
  // About no instance in particular, or about those of which only the tenant's own list tells.
  {
    actions: [
      'rds:DescribeDBEngineVersions',
      'rds:DescribeDBInstanceAutomatedBackups',
      'rds:DescribeEngineDefaultParameters',
      'rds:DescribeEvents',
    ],
    resources: ['*'],
  },
  // RDS keeps the password in the caller's name; it calls the secret after the instance's resource id.
  {
    actions: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
    resources: [arn('secretsmanager', 'secret:rds!db-*')],
  },
  // The keys that AWS manages for RDS and Secrets Manager: only for these two, and known by no name before they exist.
  {
    actions: ['kms:CreateGrant', 'kms:DescribeKey'],
    resources: [arn('kms', 'key/*')],
    conditions: {
      StringLike: { 'kms:ViaService': ['rds.*.amazonaws.com', 'secretsmanager.*.amazonaws.com'] },
    },
  },
  // The first database in an account makes it.
  {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [
      `arn:aws:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`,
    ],
    conditions: { StringEquals: { 'iam:AWSServiceName': 'rds.amazonaws.com' } },
  },
];
