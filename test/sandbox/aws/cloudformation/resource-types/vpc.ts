import { z } from 'zod';
import { formatRange, parseRange } from '../cidr';
import { defineModel, ec2Id, flag, refusedBy, tags, text } from '../resource-model';
import { changes, creates, describes } from './ec2-calls';
import { checkNothingIn } from './network-dependencies';

export const vpc = defineModel({
  type: 'AWS::EC2::VPC',
  properties: z.strictObject({
    CidrBlock: text,
    EnableDnsHostnames: flag.optional(),
    EnableDnsSupport: flag.optional(),
    Tags: tags,
  }),
  attributes: ['VpcId', 'CidrBlock'],
  takes: { create: 12, delete: 2 },
  create: ({ CidrBlock: block }, site) => {
    const range = parseRange(block);
    if (!range || range.bits < 16 || range.bits > 28) {
      throw refusedBy(site, {
        service: 'Ec2',
        message: range
          ? `The CIDR '${block}' is invalid.`
          : `Value (${block}) for parameter cidrBlock is invalid.`,
        code: 'InvalidRequest',
      });
    }
    const id = ec2Id('vpc', site);
    return { id, attributes: { VpcId: id, CidrBlock: formatRange(range) } };
  },
  calls: {
    create: ({ EnableDnsHostnames: hostnames, EnableDnsSupport: support }, resource) => [
      ...creates('CreateVpc', resource),
      ...(hostnames === undefined && support === undefined ? [] : changes(resource, 'ModifyVpcAttribute')),
      ...describes('Vpcs', 'VpcAttribute'),
    ],
    remove: (resource) => [...describes('Vpcs'), ...changes(resource, 'DeleteVpc')],
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'vpc',
      types: [
        'AWS::EC2::Subnet',
        'AWS::EC2::SecurityGroup',
        'AWS::EC2::RouteTable',
        'AWS::EC2::VPCGatewayAttachment',
      ],
      message: `The vpc '${resource.id}' has dependencies and cannot be deleted.`,
    }),
});
