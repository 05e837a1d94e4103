import { uuidOf } from '../deterministic-ids';
import type { PolicyDocument } from '../../iam/role';
import type { Existing } from '../inventory';
import type { Removal, ServiceCall, Site } from '../resource-model';
import { createsInRds } from './database-groups';
import type { DatabaseProperties } from './database-instance';
import { describes } from './ec2-calls';
import { isTagged, on, onAll, resourceTags } from './service-calls';

type Place = Pick<Site, 'account' | 'region'>;

/** The key that AWS manages for a service in an account and region. */
export const managedKeyArn = (service: string, { account, region }: Place): string =>
  `arn:aws:kms:${region}:${account}:key/${uuidOf(account, region, `alias/aws/${service}`)}`;

/** Whoever may act in the account uses it through its service only. */
export const managedKeyPolicy = (service: string, { account, region }: Place): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': account,
          'kms:ViaService': `${service}.${region}.amazonaws.com`,
        },
      },
    },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:Describe*',
      Resource: '*',
    },
  ],
});

const usesKey = (service: string, place: Place): readonly ServiceCall[] =>
  on(managedKeyArn(service, place), ['kms:DescribeKey', 'kms:CreateGrant'], {
    'kms:ViaService': `${service}.${place.region}.amazonaws.com`,
  });

const rdsArn = ({ account, region }: Place, what: string): string =>
  `arn:aws:rds:${region}:${account}:${what}`;

const instanceArn = ({ attributes }: Existing): string => attributes['DBInstanceArn'] ?? '';

const SERVICE_ROLE = 'role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS';

export const databaseCalls = (
  properties: DatabaseProperties,
  resource: Existing,
  site: Site,
): readonly ServiceCall[] => {
  const created = ['rds:CreateDBInstance'];
  const first = site.inventory.all('AWS::RDS::DBInstance', site).length === 0;
  const secret = resource.attributes['MasterUserSecret.SecretArn'] ?? '';
  return [
    ...describes('AccountAttributes', 'AvailabilityZones', 'InternetGateways', 'SecurityGroups', 'Subnets'),
    ...describes('VpcAttribute', 'Vpcs'),
    // The first database of an account makes the role with which RDS works in its networks.
    ...(first
      ? on(`arn:aws:iam::${site.account}:${SERVICE_ROLE}`, ['iam:CreateServiceLinkedRole'], {
          'iam:AWSServiceName': 'rds.amazonaws.com',
        })
      : []),
    ...createsInRds(instanceArn(resource), 'CreateDBInstance', resource),
    ...on(rdsArn(site, `subgrp:${properties.DBSubnetGroupName}`), created),
    ...on(rdsArn(site, `pg:${resource.facts['parameterGroup'] ?? ''}`), created),
    ...on(rdsArn(site, `og:${resource.facts['options'] ?? ''}`), created),
    ...(properties.StorageEncrypted ? usesKey('rds', site) : []),
    ...on(secret, ['secretsmanager:CreateSecret', 'secretsmanager:TagResource']),
    ...usesKey('secretsmanager', site),
    ...on(instanceArn(resource), ['rds:DescribeDBInstances'], resourceTags(resource)),
    ...onAll('rds:DescribeEvents'),
  ];
};

export const databaseDeletionCalls = (
  resource: Existing,
  { withSnapshot }: Removal,
): readonly ServiceCall[] => {
  const snapshot = rdsArn(resource, `snapshot:${resource.id}-snapshot`);
  const taken = ['rds:CreateDBSnapshot'];
  return [
    ...(withSnapshot ? on(instanceArn(resource), taken, resourceTags(resource)) : []),
    ...(withSnapshot
      ? on(snapshot, [...taken, ...(isTagged(resource) ? ['rds:AddTagsToResource'] : [])])
      : []),
    ...on(instanceArn(resource), ['rds:DeleteDBInstance', 'rds:DescribeDBInstances'], resourceTags(resource)),
  ];
};
