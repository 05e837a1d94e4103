import { z } from 'zod';
import { formatAddress, parseRange } from '../cidr';
import type { Existing } from '../inventory';
import { isImageOf, offersInstanceType } from '../regions';
import {
  defineModel,
  ec2Id,
  flag,
  GLOBAL,
  refusedBy,
  type ServiceCall,
  type Site,
  tags,
  text,
  whole,
} from '../resource-model';
import { changes, creates, describes, existing } from './ec2-calls';
import { present } from './network-dependencies';
import { on, onAll } from './service-calls';

const Properties = z.strictObject({
  ImageId: text,
  InstanceType: text,
  SubnetId: text,
  IamInstanceProfile: text.optional(),
  SecurityGroupIds: z.array(text).default([]),
  MetadataOptions: z
    .strictObject({
      HttpEndpoint: z.enum(['enabled', 'disabled']).optional(),
      HttpTokens: z.enum(['required', 'optional']).optional(),
      HttpPutResponseHopLimit: whole.optional(),
    })
    .optional(),
  BlockDeviceMappings: z
    .array(
      z.strictObject({
        DeviceName: text,
        Ebs: z.strictObject({
          DeleteOnTermination: flag.optional(),
          Encrypted: flag.optional(),
          VolumeSize: whole.optional(),
          VolumeType: text.optional(),
        }),
      }),
    )
    .default([]),
  Tags: tags,
  UserData: text.optional(),
});

/** Addresses at the beginning of a subnet that AWS keeps for itself. */
const RESERVED_ADDRESSES = 4;

export const instance = defineModel({
  type: 'AWS::EC2::Instance',
  properties: Properties,
  attributes: ['InstanceId', 'PrivateIp', 'PrivateDnsName', 'AvailabilityZone', 'VpcId'],
  takes: { create: 35, delete: 40 },
  create: (properties, site) => {
    const home = present(site, 'AWS::EC2::Subnet', properties.SubnetId);
    const zone = home.attributes['AvailabilityZone'] ?? '';
    checkMachine(properties, zone, site);
    checkSecurityGroups(properties.SecurityGroupIds, home, site);
    const neighbours = site.inventory
      .all('AWS::EC2::Instance', site)
      .filter(({ facts }) => facts['subnet'] === home.id).length;
    const range = parseRange(home.attributes['CidrBlock'] ?? '');
    const address = formatAddress((range?.first ?? 0) + RESERVED_ADDRESSES + 6 + neighbours);
    const id = ec2Id('i', site);
    return {
      id,
      attributes: {
        InstanceId: id,
        PrivateIp: address,
        PrivateDnsName: `ip-${address.replaceAll('.', '-')}.${site.region}.compute.internal`,
        AvailabilityZone: zone,
        VpcId: home.facts['vpc'] ?? '',
      },
      facts: { subnet: home.id, securityGroups: properties.SecurityGroupIds.join(' ') },
    };
  },
  calls: {
    create: (properties, resource, site) => [
      ...runs(properties, resource, site),
      ...describes(...ALWAYS_READ, 'Subnets', 'Vpcs', 'SecurityGroups', 'IamInstanceProfileAssociations'),
      ...onAll('ssm:ListAssociations'),
    ],
    remove: (resource) => [
      ...describes(...ALWAYS_READ),
      ...onAll('ssm:ListAssociations'),
      ...changes(resource, 'TerminateInstances'),
    ],
  },
});

const ALWAYS_READ = [
  'Instances',
  'NetworkInterfaces',
  'Volumes',
  'InstanceAttribute',
  'InstanceCreditSpecifications',
  'LaunchTemplates',
];

/** RunInstances is weighed on all that the instance is made of. */
const runs = (
  properties: z.infer<typeof Properties>,
  resource: Existing,
  site: Site,
): readonly ServiceCall[] => {
  const inRegion = (owner: string, what: string): string => `arn:aws:ec2:${site.region}:${owner}:${what}`;
  const run = ['ec2:RunInstances'];
  const groups = properties.SecurityGroupIds.flatMap((id) =>
    existing(site.inventory, resource, 'AWS::EC2::SecurityGroup', id),
  );
  const { IamInstanceProfile: profile } = properties;
  const role = site.inventory.find('AWS::IAM::InstanceProfile', { ...site, region: GLOBAL }, profile ?? '')
    ?.facts['role'];
  return [
    ...creates('RunInstances', resource, present(site, 'AWS::EC2::Subnet', properties.SubnetId), ...groups),
    ...on(inRegion('', `image/${properties.ImageId}`), run),
    ...on(inRegion(site.account, 'network-interface/*'), run),
    ...properties.BlockDeviceMappings.flatMap(({ Ebs: disk }) =>
      on(inRegion(site.account, 'volume/*'), run, { 'ec2:Encrypted': String(disk.Encrypted ?? false) }),
    ),
    ...(role === undefined ? [] : on(role, ['iam:PassRole'], { 'iam:PassedToService': 'ec2.amazonaws.com' })),
  ];
};

/** Bytes that user data may have before it is encoded. */
const MOST_USER_DATA = 16_384;

const checkMachine = (properties: z.infer<typeof Properties>, zone: string, site: Site): void => {
  const { ImageId: image, InstanceType: type, IamInstanceProfile: profile } = properties;
  const refused = (message: string): Error =>
    refusedBy(site, { service: 'Ec2', message, code: 'InvalidRequest' });
  if (Buffer.from(properties.UserData ?? '', 'base64').length > MOST_USER_DATA) {
    throw refused('User data is limited to 16384 bytes');
  }
  if (!isImageOf(site.region, image)) throw refused(`The image id '[${image}]' does not exist`);
  if (!offersInstanceType(type)) {
    throw refused(
      `Your requested instance type (${type}) is not supported in your requested Availability Zone (${zone}).`,
    );
  }
  if (
    profile !== undefined &&
    !site.inventory.find('AWS::IAM::InstanceProfile', { ...site, region: GLOBAL }, profile)
  ) {
    throw refused(
      `Value (${profile}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
    );
  }
  if (properties.BlockDeviceMappings.some(({ Ebs: disk }) => (disk.VolumeSize ?? 8) < 8)) {
    throw refused('Volume of size smaller than the snapshot: expect size >= 8GB');
  }
};

const checkSecurityGroups = (ids: readonly string[], home: Existing, site: Site): void => {
  for (const id of ids) {
    const group = site.inventory.find('AWS::EC2::SecurityGroup', site, id);
    const message = group
      ? `Security group ${id} and subnet ${home.id} belong to different networks.`
      : `The security group '${id}' does not exist`;
    if (group?.facts['vpc'] !== home.facts['vpc']) {
      throw refusedBy(site, { service: 'Ec2', message, code: 'InvalidRequest' });
    }
  }
};
