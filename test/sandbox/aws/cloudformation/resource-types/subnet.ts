import { z } from 'zod';
import { contains, formatRange, overlap, parseRange, type Range } from '../cidr';
import { defineModel, ec2Id, flag, refusedBy, type Site, tags, text } from '../resource-model';
import { zonesOf } from '../regions';
import { changes, creates, describes } from './ec2-calls';
import { checkNothingIn, present } from './network-dependencies';

export const subnet = defineModel({
  type: 'AWS::EC2::Subnet',
  properties: z.strictObject({
    VpcId: text,
    CidrBlock: text,
    AvailabilityZone: text.optional(),
    MapPublicIpOnLaunch: flag.optional(),
    Tags: tags,
  }),
  attributes: ['SubnetId', 'VpcId', 'CidrBlock', 'AvailabilityZone'],
  takes: { create: 4, delete: 2 },
  create: (properties, site) => {
    const home = present(site, 'AWS::EC2::VPC', properties.VpcId);
    const range = rangeWithin(parseRange(home.attributes['CidrBlock'] ?? ''), properties.CidrBlock, site);
    const neighbour = site.inventory
      .all('AWS::EC2::Subnet', site)
      .filter((other) => other.facts['vpc'] === home.id)
      .map((other) => parseRange(other.attributes['CidrBlock'] ?? ''))
      .find((other) => other && overlap(other, range));
    if (neighbour) {
      const message = `The CIDR '${properties.CidrBlock}' conflicts with another subnet`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'AlreadyExists' });
    }
    const zones = zonesOf(site.region);
    const zone = properties.AvailabilityZone ?? zones[0] ?? '';
    if (!zones.includes(zone)) {
      const message = `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(', ')}.`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'InvalidRequest' });
    }
    const id = ec2Id('subnet', site);
    return {
      id,
      attributes: { SubnetId: id, VpcId: home.id, CidrBlock: formatRange(range), AvailabilityZone: zone },
      facts: { vpc: home.id },
    };
  },
  calls: {
    create: (properties, resource, site) => [
      ...creates('CreateSubnet', resource, present(site, 'AWS::EC2::VPC', properties.VpcId)),
      ...(properties.MapPublicIpOnLaunch === undefined ? [] : changes(resource, 'ModifySubnetAttribute')),
      ...describes('Subnets'),
    ],
    remove: (resource) => [...describes('Subnets'), ...changes(resource, 'DeleteSubnet')],
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'subnet',
      types: ['AWS::EC2::Instance', 'AWS::EC2::NatGateway', 'AWS::RDS::DBInstance'],
      message: `The subnet '${resource.id}' has dependencies and cannot be deleted.`,
    }),
});

/** A subnet is a /16 to /28 inside of its VPC. */
const rangeWithin = (outer: Range | undefined, block: string, site: Site): Range => {
  const range = parseRange(block);
  if (range && outer && range.bits >= 16 && range.bits <= 28 && contains(outer, range)) return range;
  throw refusedBy(site, {
    service: 'Ec2',
    message: `The CIDR '${block}' is invalid.`,
    code: 'InvalidRequest',
  });
};
