import { z } from 'zod';
import { defineModel, ec2Id, madeUpName, refusedBy, type Site, tags, text, whole } from '../resource-model';
import { changes, creates, describes } from './ec2-calls';
import { checkNothingIn, present } from './network-dependencies';

const Rule = z.strictObject({
  IpProtocol: text,
  FromPort: whole.optional(),
  ToPort: whole.optional(),
  CidrIp: text.optional(),
  Description: text.optional(),
});
const Ingress = Rule.extend({ SourceSecurityGroupId: text.optional() });
type Ingress = z.infer<typeof Ingress>;

export const securityGroup = defineModel({
  type: 'AWS::EC2::SecurityGroup',
  properties: z.strictObject({
    GroupDescription: text,
    GroupName: text.optional(),
    VpcId: text,
    SecurityGroupEgress: z.array(Rule).default([]),
    SecurityGroupIngress: z.array(Ingress).default([]),
    Tags: tags,
  }),
  attributes: ['GroupId', 'VpcId'],
  takes: { create: 6, delete: 2 },
  create: (properties, site) => {
    const home = present(site, 'AWS::EC2::VPC', properties.VpcId);
    const id = ec2Id('sg', site);
    const name = properties.GroupName ?? madeUpName(site, 255);
    if (
      site.inventory
        .all('AWS::EC2::SecurityGroup', site)
        .some(({ facts }) => facts['vpc'] === home.id && facts['name'] === name)
    ) {
      const message = `The security group '${name}' already exists for VPC '${home.id}'`;
      throw refusedBy(site, { service: 'Ec2', message, code: 'AlreadyExists' });
    }
    for (const rule of properties.SecurityGroupIngress) checkSource(rule, site);
    const sources = properties.SecurityGroupIngress.flatMap(({ SourceSecurityGroupId: source }) =>
      source === undefined ? [] : [source],
    );
    return {
      id,
      attributes: { GroupId: id, VpcId: home.id },
      facts: { vpc: home.id, name, sources: sources.join(' ') },
    };
  },
  calls: {
    create: (properties, resource, site) => [
      ...creates('CreateSecurityGroup', resource, present(site, 'AWS::EC2::VPC', properties.VpcId)),
      ...describes('SecurityGroups'),
      // EC2 gives a new group a rule that lets everything out.
      ...(properties.SecurityGroupEgress.length > 0
        ? changes(resource, 'RevokeSecurityGroupEgress', 'AuthorizeSecurityGroupEgress')
        : []),
      ...(properties.SecurityGroupIngress.length > 0
        ? changes(resource, 'AuthorizeSecurityGroupIngress')
        : []),
    ],
    remove: (resource) => [
      ...describes('SecurityGroups', 'Instances'),
      ...changes(resource, 'DeleteSecurityGroup'),
    ],
  },
  checkDeletable: (resource, inventory) => {
    const message = `resource ${resource.id} has a dependent object`;
    const types = ['AWS::EC2::Instance', 'AWS::RDS::DBInstance'];
    checkNothingIn(resource, inventory, { fact: 'securityGroups', types, message });
    const others = ['AWS::EC2::SecurityGroup'];
    checkNothingIn(resource, inventory, { fact: 'sources', types: others, message });
  },
});

/** A rule names one source: a range of addresses, or a security group. */
const checkSource = ({ CidrIp: range, SourceSecurityGroupId: group }: Ingress, site: Site): void => {
  const refused = (message: string): Error =>
    refusedBy(site, { service: 'Ec2', message, code: 'InvalidRequest' });
  if ((range === undefined) === (group === undefined)) {
    throw refused(
      'Exactly one of CidrIp, CidrIpv6, SourcePrefixListId and SourceSecurityGroupId must be specified',
    );
  }
  if (group !== undefined && !site.inventory.find('AWS::EC2::SecurityGroup', site, group)) {
    throw refused(`The security group '${group}' does not exist`);
  }
};
