import { z } from 'zod';
import { defineModel, ec2Id, madeUpName, tags, text, whole } from '../resource-model';
import { checkNothingIn, present } from './network-dependencies';

const Rule = z.strictObject({
  IpProtocol: text,
  FromPort: whole.optional(),
  ToPort: whole.optional(),
  CidrIp: text.optional(),
  Description: text.optional(),
});

export const securityGroup = defineModel({
  type: 'AWS::EC2::SecurityGroup',
  properties: z.strictObject({
    GroupDescription: text,
    GroupName: text.optional(),
    VpcId: text,
    SecurityGroupEgress: z.array(Rule).default([]),
    SecurityGroupIngress: z.array(Rule).default([]),
    Tags: tags,
  }),
  attributes: ['GroupId', 'VpcId'],
  takes: { create: 6, delete: 2 },
  create: (properties, site) => {
    const home = present(site, 'AWS::EC2::VPC', properties.VpcId);
    const id = ec2Id('sg', site);
    return {
      id,
      attributes: { GroupId: id, VpcId: home.id },
      facts: { vpc: home.id, name: properties.GroupName ?? madeUpName(site, 255) },
    };
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'securityGroup',
      types: ['AWS::EC2::Instance'],
      message: `resource ${resource.id} has a dependent object`,
    }),
});
