import { z } from 'zod';
import { parseRange } from '../cidr';
import type { Existing, Inventory } from '../inventory';
import { defineModel, ec2Id, refusedBy, type Site, tags, text } from '../resource-model';
import { changes, creates, describes, existing } from './ec2-calls';
import { checkNothingIn, present } from './network-dependencies';

export const routeTable = defineModel({
  type: 'AWS::EC2::RouteTable',
  properties: z.strictObject({ VpcId: text, Tags: tags }),
  attributes: ['RouteTableId'],
  takes: { create: 11, delete: 2 },
  create: (properties, site) => {
    const id = ec2Id('rtb', site);
    return {
      id,
      attributes: { RouteTableId: id },
      facts: { vpc: present(site, 'AWS::EC2::VPC', properties.VpcId).id },
    };
  },
  calls: {
    create: (properties, resource, site) => [
      ...creates('CreateRouteTable', resource, present(site, 'AWS::EC2::VPC', properties.VpcId)),
      ...describes('RouteTables'),
    ],
    remove: (resource) => [...describes('RouteTables'), ...changes(resource, 'DeleteRouteTable')],
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'table',
      types: ['AWS::EC2::SubnetRouteTableAssociation'],
      message: `The routeTable '${resource.id}' has dependencies and cannot be deleted.`,
    }),
});

export const routeTableAssociation = defineModel({
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  properties: z.strictObject({ RouteTableId: text, SubnetId: text }),
  attributes: ['Id'],
  takes: { create: 3, delete: 2 },
  create: (properties, site) => {
    const table = present(site, 'AWS::EC2::RouteTable', properties.RouteTableId);
    const home = present(site, 'AWS::EC2::Subnet', properties.SubnetId);
    if (table.facts['vpc'] !== home.facts['vpc'])
      throw differentNetworks(site, table.id, `subnet ${home.id}`);
    const id = ec2Id('rtbassoc', site);
    return { id, attributes: { Id: id }, facts: { table: table.id, subnet: home.id } };
  },
  calls: {
    create: (_properties, resource, { inventory }) => [
      ...describes('Subnets', 'RouteTables'),
      ...ends(resource, inventory).flatMap((end) => changes(end, 'AssociateRouteTable')),
    ],
    remove: (resource, { inventory }) => [
      ...describes('Subnets', 'RouteTables'),
      ...ends(resource, inventory).flatMap((end) => changes(end, 'DisassociateRouteTable')),
    ],
  },
});

export const route = defineModel({
  type: 'AWS::EC2::Route',
  properties: z.strictObject({
    RouteTableId: text,
    DestinationCidrBlock: text,
    GatewayId: text.optional(),
    NatGatewayId: text.optional(),
  }),
  takes: { create: 3, delete: 2 },
  create: (properties, site) => {
    const table = present(site, 'AWS::EC2::RouteTable', properties.RouteTableId);
    const { DestinationCidrBlock: destination } = properties;
    if (!parseRange(destination)) {
      const message = `Value (${destination}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'InvalidRequest' });
    }
    const id = `${table.id}|${destination}`;
    if (site.inventory.find('AWS::EC2::Route', site, id)) {
      const message = `The route identified by ${destination} already exists.`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'AlreadyExists' });
    }
    checkTarget(properties, table.facts['vpc'], site, table.id);
    return { id, facts: { table: table.id } };
  },
  calls: {
    create: (_properties, resource, { inventory }) => [
      ...ends(resource, inventory).flatMap((table) => changes(table, 'CreateRoute')),
      ...describes('RouteTables', 'NetworkInterfaces'),
    ],
    remove: (resource, { inventory }) => [
      ...describes('RouteTables'),
      ...ends(resource, inventory).flatMap((table) => changes(table, 'DeleteRoute')),
    ],
  },
});

/** What a route or an association belongs to. */
const ends = (resource: Existing, inventory: Inventory): readonly Existing[] => [
  ...existing(inventory, resource, 'AWS::EC2::RouteTable', resource.facts['table']),
  ...existing(inventory, resource, 'AWS::EC2::Subnet', resource.facts['subnet']),
];

const checkTarget = (
  target: { readonly GatewayId?: string | undefined; readonly NatGatewayId?: string | undefined },
  vpc: string | undefined,
  site: Site,
  table: string,
): void => {
  if (target.NatGatewayId !== undefined) {
    const nat = present(site, 'AWS::EC2::NatGateway', target.NatGatewayId);
    if (nat.facts['vpc'] !== vpc) throw differentNetworks(site, table, `interface ${nat.id}`);
  } else if (target.GatewayId !== undefined) {
    const gateway = present(site, 'AWS::EC2::InternetGateway', target.GatewayId);
    const attached = site.inventory
      .all('AWS::EC2::VPCGatewayAttachment', site)
      .some(({ facts }) => facts['gateway'] === gateway.id && facts['vpc'] === vpc);
    if (!attached) throw differentNetworks(site, table, `network gateway ${gateway.id}`);
  } else {
    const message = 'The request must contain exactly one of gatewayId or natGatewayId';
    throw refusedBy(site, { service: 'Ec2', message, code: 'InvalidRequest' });
  }
};

const differentNetworks = (site: Site, table: string, other: string): Error =>
  refusedBy(site, {
    service: 'Ec2',
    message: `route table ${table} and ${other} belong to different networks`,
    code: 'InvalidRequest',
  });
