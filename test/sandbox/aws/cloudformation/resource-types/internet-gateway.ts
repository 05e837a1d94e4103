import { z } from 'zod';
import type { Existing, Inventory } from '../inventory';
import { defineModel, ec2Id, refusedBy, type ServiceCall, tags, text } from '../resource-model';
import { changes, creates, describes, existing } from './ec2-calls';
import { checkNothingIn, present } from './network-dependencies';

export const internetGateway = defineModel({
  type: 'AWS::EC2::InternetGateway',
  properties: z.strictObject({ Tags: tags }),
  attributes: ['InternetGatewayId'],
  takes: { create: 16, delete: 2 },
  create: (_properties, site) => {
    const id = ec2Id('igw', site);
    return { id, attributes: { InternetGatewayId: id } };
  },
  calls: {
    create: (_properties, resource) => [
      ...creates('CreateInternetGateway', resource),
      ...describes('InternetGateways'),
    ],
    remove: (resource) => [...describes('InternetGateways'), ...changes(resource, 'DeleteInternetGateway')],
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'gateway',
      types: ['AWS::EC2::VPCGatewayAttachment'],
      message: `The internetGateway '${resource.id}' has dependencies and cannot be deleted.`,
    }),
});

export const gatewayAttachment = defineModel({
  type: 'AWS::EC2::VPCGatewayAttachment',
  properties: z.strictObject({ VpcId: text, InternetGatewayId: text }),
  takes: { create: 15, delete: 15 },
  create: (properties, site) => {
    const home = present(site, 'AWS::EC2::VPC', properties.VpcId);
    const gateway = present(site, 'AWS::EC2::InternetGateway', properties.InternetGatewayId);
    const attachments = site.inventory.all('AWS::EC2::VPCGatewayAttachment', site);
    if (attachments.some(({ facts }) => facts['vpc'] === home.id || facts['gateway'] === gateway.id)) {
      const message = `resource ${gateway.id} is already attached to network ${home.id}`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'AlreadyExists' });
    }
    return { id: `IGW|${home.id}`, facts: { vpc: home.id, gateway: gateway.id } };
  },
  calls: {
    create: (_properties, resource, { inventory }) => [
      ...joined(resource, inventory, 'AttachInternetGateway'),
      ...describes('InternetGateways', 'VpnGateways'),
    ],
    remove: (resource, { inventory }) => [
      ...describes('InternetGateways', 'VpnGateways'),
      ...joined(resource, inventory, 'DetachInternetGateway'),
    ],
  },
});

/** An action on a gateway and its VPC at once. */
const joined = (attachment: Existing, inventory: Inventory, action: string): readonly ServiceCall[] =>
  [
    ...existing(inventory, attachment, 'AWS::EC2::InternetGateway', attachment.facts['gateway']),
    ...existing(inventory, attachment, 'AWS::EC2::VPC', attachment.facts['vpc']),
  ].flatMap((end) => changes(end, action));
