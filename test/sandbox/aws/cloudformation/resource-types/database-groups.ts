import { z } from 'zod';
import type { Existing } from '../inventory';
import {
  defineModel,
  madeUpName,
  refusedBy,
  type ServiceCall,
  type Site,
  tags,
  text,
} from '../resource-model';
import { isFamily } from './database-engines';
import { checkNothingIn } from './network-dependencies';
import { isTagged, on, onAll, requestTags, resourceTags } from './service-calls';

/** RDS keeps names in lower case. */
const named = (given: string | undefined, site: Site): string =>
  (given ?? madeUpName(site, 255)).toLowerCase();

const taken = (site: Site, type: string, name: string): Error => {
  const message = `Resource of type '${type}' with identifier '${name}' already exists.`;
  return refusedBy(site, { service: 'Rds', message, code: 'AlreadyExists' });
};
const refused = (site: Site, message: string): Error =>
  refusedBy(site, { service: 'Rds', message, code: 'InvalidRequest' });

/** Creates something in RDS, with its tags. */
export const createsInRds = (arn: string, action: string, resource: Existing): readonly ServiceCall[] =>
  on(arn, [`rds:${action}`, ...(isTagged(resource) ? ['rds:AddTagsToResource'] : [])], requestTags(resource));

const subnetGroupArn = ({ region, account, id }: Existing): string =>
  `arn:aws:rds:${region}:${account}:subgrp:${id}`;

export const dbSubnetGroup = defineModel({
  type: 'AWS::RDS::DBSubnetGroup',
  properties: z.strictObject({
    DBSubnetGroupDescription: text,
    DBSubnetGroupName: text.optional(),
    SubnetIds: z.array(text),
    Tags: tags,
  }),
  attributes: ['DBSubnetGroupArn'],
  takes: { create: 5, delete: 3 },
  create: (properties, site) => {
    const name = named(properties.DBSubnetGroupName, site);
    if (site.inventory.find('AWS::RDS::DBSubnetGroup', site, name)) {
      throw taken(site, 'AWS::RDS::DBSubnetGroup', name);
    }
    const subnets = properties.SubnetIds.map((id) => {
      const found = site.inventory.find('AWS::EC2::Subnet', site, id);
      if (found) return found;
      throw refused(site, `Some input subnets in :[${id}] are invalid.`);
    });
    const vpcs = [...new Set(subnets.map(({ facts }) => facts['vpc'] ?? ''))];
    if (vpcs.length > 1) throw refused(site, 'All subnets of a DB subnet group have to be in the same VPC.');
    const zones = [...new Set(subnets.map(({ attributes }) => attributes['AvailabilityZone'] ?? ''))];
    if (zones.length < 2) {
      throw refused(
        site,
        "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. " +
          `Current AZ coverage: ${zones.join(', ')}. Add subnets to cover at least 2 AZs.`,
      );
    }
    return {
      id: name,
      attributes: { DBSubnetGroupArn: `arn:aws:rds:${site.region}:${site.account}:subgrp:${name}` },
      facts: { vpc: vpcs[0] ?? '', subnets: subnets.map(({ id }) => id).join(' ') },
    };
  },
  calls: {
    create: (_properties, resource) => [
      ...createsInRds(subnetGroupArn(resource), 'CreateDBSubnetGroup', resource),
      ...read(subnetGroupArn(resource), 'DescribeDBSubnetGroups', resource),
    ],
    remove: (resource) => [
      ...read(subnetGroupArn(resource), 'DescribeDBSubnetGroups', resource),
      ...on(subnetGroupArn(resource), ['rds:DeleteDBSubnetGroup'], resourceTags(resource)),
    ],
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'subnetGroup',
      types: ['AWS::RDS::DBInstance'],
      service: 'Rds',
      message: `Cannot delete the subnet group '${resource.id}' because at least one database instance is still using it.`,
    }),
});

const read = (arn: string, action: string, resource: Existing): readonly ServiceCall[] =>
  on(arn, [`rds:${action}`, 'rds:ListTagsForResource'], resourceTags(resource));

const parameterGroupArn = ({ region, account, id }: Existing): string =>
  `arn:aws:rds:${region}:${account}:pg:${id}`;

export const dbParameterGroup = defineModel({
  type: 'AWS::RDS::DBParameterGroup',
  properties: z.strictObject({
    DBParameterGroupName: text.optional(),
    Description: text,
    Family: text,
    Parameters: z.record(z.string(), text).default({}),
    Tags: tags,
  }),
  attributes: ['DBParameterGroupName'],
  takes: { create: 20, delete: 3 },
  create: (properties, site) => {
    const name = named(properties.DBParameterGroupName, site);
    if (site.inventory.find('AWS::RDS::DBParameterGroup', site, name)) {
      throw taken(site, 'AWS::RDS::DBParameterGroup', name);
    }
    const { Family: family } = properties;
    if (!isFamily(family)) {
      throw refused(site, `ParameterGroupFamily ${family} is not a valid parameter group family`);
    }
    return { id: name, attributes: { DBParameterGroupName: name }, facts: { family } };
  },
  calls: {
    create: ({ Parameters: parameters }, resource) => {
      const arn = parameterGroupArn(resource);
      return [
        ...createsInRds(arn, 'CreateDBParameterGroup', resource),
        ...(Object.keys(parameters).length > 0
          ? [
              ...onAll('rds:DescribeEngineDefaultParameters'),
              ...on(arn, ['rds:DescribeDBParameters', 'rds:ModifyDBParameterGroup'], resourceTags(resource)),
            ]
          : []),
        ...read(arn, 'DescribeDBParameterGroups', resource),
      ];
    },
    remove: (resource) =>
      on(parameterGroupArn(resource), ['rds:DeleteDBParameterGroup'], resourceTags(resource)),
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'parameterGroup',
      types: ['AWS::RDS::DBInstance'],
      service: 'Rds',
      message: `One or more database instances are still members of this parameter group ${resource.id}, so the group cannot be deleted`,
    }),
});
