import { z } from 'zod';
import { formatAddress } from '../cidr';
import type { Existing } from '../inventory';
import { defineModel, ec2Id, refusedBy, type Site, tags, text } from '../resource-model';
import { changes, creates, describes } from './ec2-calls';
import { present } from './network-dependencies';

/** 203.0.113.0/24 is kept for documentation; nobody has such an address. */
const DOCUMENTATION_RANGE = ((203 * 256 + 0) * 256 + 113) * 256;

export const elasticIp = defineModel({
  type: 'AWS::EC2::EIP',
  properties: z.strictObject({ Domain: z.enum(['vpc']), Tags: tags }),
  attributes: ['AllocationId', 'PublicIp'],
  takes: { create: 16, delete: 2 },
  create: (_properties, site) => {
    const allocationId = ec2Id('eipalloc', site);
    const taken = site.inventory.all('AWS::EC2::EIP', site).length;
    const address = formatAddress(DOCUMENTATION_RANGE + 10 + taken);
    return { id: address, attributes: { AllocationId: allocationId, PublicIp: address } };
  },
  calls: {
    create: (_properties, resource) => [...creates('AllocateAddress', resource), ...describes('Addresses')],
    remove: (resource) => [...describes('Addresses'), ...changes(resource, 'ReleaseAddress')],
  },
});

export const natGateway = defineModel({
  type: 'AWS::EC2::NatGateway',
  properties: z.strictObject({ AllocationId: text, SubnetId: text, Tags: tags }),
  attributes: ['NatGatewayId'],
  takes: { create: 105, delete: 45 },
  create: (properties, site) => {
    const home = present(site, 'AWS::EC2::Subnet', properties.SubnetId);
    const address = addressOf(properties.AllocationId, site);
    if (!address) {
      const message = `Elastic IP address [${properties.AllocationId}] not found`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'NotFound' });
    }
    const vpc = home.facts['vpc'] ?? '';
    const online = site.inventory
      .all('AWS::EC2::VPCGatewayAttachment', site)
      .some(({ facts }) => facts['vpc'] === vpc);
    if (!online) {
      const message = `Network ${vpc} has no Internet gateway attached`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'InvalidRequest' });
    }
    const id = ec2Id('nat', site);
    return { id, attributes: { NatGatewayId: id }, facts: { vpc, subnet: home.id } };
  },
  calls: {
    create: (properties, resource, site) => {
      const address = addressOf(properties.AllocationId, site);
      const home = present(site, 'AWS::EC2::Subnet', properties.SubnetId);
      return [
        ...creates('CreateNatGateway', resource, home, ...(address ? [address] : [])),
        ...describes('NatGateways'),
      ];
    },
    remove: (resource) => [...describes('NatGateways'), ...changes(resource, 'DeleteNatGateway')],
  },
});

const addressOf = (allocationId: string, site: Site): Existing | undefined =>
  site.inventory
    .all('AWS::EC2::EIP', site)
    .find(({ attributes }) => attributes['AllocationId'] === allocationId);
